import { expect, test as base } from "@playwright/test";
import { fits } from "../support/visit";

// A missing page is an error in the console by itself, so these visits are not held to silence.

base("what is not there says so and leads on", async ({ page }) => {
  const answer = await page.goto("/pledges/april-summits");
  expect(answer!.status()).toBe(404);
  await fits(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is here");
  await page.getByLabel("Search", { exact: true }).fill("april");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("link", { name: /Guatemala to host/ })).toBeVisible();
});

base("a date that is none is named, with what would be accepted", async ({ page }) => {
  const answer = await page.goto("/es/pledges/april-summit?as_of=abril");
  expect(answer!.status()).toBe(400);
  await expect(page.getByRole("alert")).toContainText("as_of");
  await expect(page.getByRole("alert")).toContainText("2024-04-15");
});
