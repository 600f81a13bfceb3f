import { expect, fillIn, signInByKeyboard, test, title } from "../support/desk";
import { focused, tabTo } from "../support/keyboard";

// From signing in to a published pledge without a mouse: WCAG 2.1.1, 2.1.2 and 2.4.3.

test("a reviewer signs in, finds the first draft and approves it by keyboard alone", async ({ person }) => {
  const editor = await person("editor");
  const name = title("Reached by keyboard");
  await editor.page.goto("/desk/new");
  await fillIn(editor.page, name);
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  await expect(editor.page.getByRole("status").first()).toContainText("Handed in");

  const reviewer = await person("reviewer");
  const page = reviewer.page;
  // Keys come faster than a page fades in, and the browser would say that it gave the fading up.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await reviewer.context.clearCookies();
  await page.goto("/desk");
  await signInByKeyboard(reviewer);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Queue");

  // Others hand in drafts at the same time: the lists are narrowed to this one.
  await tabTo(page, "Narrow the lists");
  await page.keyboard.press("Enter");
  await tabTo(page, "Words of a draft’s title");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/desk\?q=/);

  // The link to the list leads into it, and the next stop is its first draft.
  await tabTo(page, /^Waiting for my review/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe(`Choose “${name}”`);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);

  await tabTo(page, "Approve and publish");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").first()).toContainText("Published");
  await tabTo(page, "See its public page");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});
