import { expect, fillIn, test, title } from "../support/desk";
import { accessible } from "../support/visit";

// axe on the desk, in both colour schemes, also where something is wrong.

test("the desk has no violation of WCAG 2.2 AA that axe can find", async ({ person }) => {
  // Every page of the desk, twice; axe takes its time with each.
  test.setTimeout(120_000);
  const editor = await person("administrator");
  for (const scheme of ["light", "dark"] as const) {
    await editor.page.emulateMedia({ colorScheme: scheme });
    for (const path of [
      "/desk", "/desk/new", "/desk/pledges?q=cell", "/desk/pledges/april-summit", "/desk/pledges/april-summit/edit",
      "/es/desk/pledges/april-summit/status", "/desk/pledges/april-summit/withdraw", "/desk/people", "/desk/account", "/desk/audit",
      "/desk/tips", "/desk/import", "/desk/tokens", "/desk?kind=pledge&party=guatemala", "/desk/article",
      "/desk/sources?state=missing", "/desk/links",
    ]) {
      await editor.page.goto(path);
      await accessible(editor.page);
    }
  }
  await editor.page.goto("/desk/new");
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  await expect(editor.page.getByRole("alert")).toBeVisible();
  await accessible(editor.page);
  await editor.page.goto("/desk/new");
  await fillIn(editor.page, title("Seen by axe"));
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  await expect(editor.page.getByRole("status").first()).toContainText("Handed in");
  await accessible(editor.page);
});

test("nor has an article whose sentences are marked", async ({ person }) => {
  const editor = await person("editor");
  await editor.page.goto("/desk/article");
  await editor.page.getByLabel("Text", { exact: true }).fill("They met. Guatemala will host the summit in April.");
  await editor.page.getByRole("button", { name: "Look for pledges" }).click();
  await expect(editor.page.locator("mark")).toHaveCount(1);
  await accessible(editor.page);
  await editor.page.getByLabel("Quote, word for word").fill("Guatemala will hold the summit in May");
  await editor.page.getByRole("button", { name: "Look for it" }).click();
  await expect(editor.page.getByRole("status")).toBeVisible();
  await accessible(editor.page);
});
