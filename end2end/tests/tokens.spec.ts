import { request } from "@playwright/test";

import { expect, test } from "../support/desk";
import { fits } from "../support/visit";

test("an editor makes a token, their program writes with it, and revoked it is good for nothing", async ({ person, baseURL }) => {
  const editor = await person("editor");
  const page = editor.page;
  await page.goto("/desk/account");
  await page.getByRole("link", { name: "Your tokens" }).click();
  await fits(page);
  // Nothing was typed: the summary leads to the field.
  await page.getByRole("button", { name: "Make the token" }).click();
  await page.getByRole("alert").getByRole("link", { name: /What it is for/ }).click();
  await expect(page.getByLabel("What it is for")).toBeFocused();
  await page.getByLabel("What it is for").fill("Follows the journal");
  await page.getByLabel("For how long").selectOption("30");
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your new token");
  await fits(page);
  const token = (await page.locator("pre").first().innerText()).trim();
  expect(token).toMatch(/^pb_[\w-]{43}$/);

  const program = await request.newContext({ baseURL, extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  const begun = await program.post("/api/v1/drafts", { data: { title: { en: `Written by a program of ${editor.name}` } } });
  expect(begun.status()).toBe(201);
  const draft = (await begun.json()).data;
  expect(draft.problems.map((problem: { field: string }) => problem.field)).toContain("summary.en");
  await page.goto(new URL(draft.url).pathname);
  await expect(page.getByLabel("Title (English)", { exact: true })).toHaveValue(`Written by a program of ${editor.name}`);

  await page.goto("/desk/tokens");
  await expect(page.getByRole("main")).toContainText("last used on");
  await page.getByRole("button", { name: "Revoke Follows the journal" }).click();
  await expect(page.getByRole("status")).toContainText("The token is revoked");
  await fits(page);
  expect((await program.get("/api/v1/drafts")).status()).toBe(401);
  await program.dispose();
});
