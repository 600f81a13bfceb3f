import { expect, fits, open, test } from "../support/visit";

test("what the record said at another time is folded away below every page", async ({ page }) => {
  await open(page, "/parties/guatemala");
  await page.getByText("What the record said at another time").click();
  await page.getByLabel("Read it as it was at").fill("2020-01-01T12:00:00");
  await page.getByRole("button", { name: "Show that day" }).click();
  await expect(page).toHaveURL(/known_at=2020-01-01T12%3A00/);
  await fits(page);
  await expect(page.getByRole("note")).toContainText("what the record said at 1 January 2020, 12:00:");
  await page.getByRole("link", { name: "See it as it is now" }).click();
  await expect(page).toHaveURL(/\/parties\/guatemala$/);
});

test("the list keeps its filters on the way to another time", async ({ page }) => {
  await open(page, "/pledges?status=fulfilled&as_of=2025-01-01");
  await page.getByText("What the record said at another time").click();
  await page.getByLabel("Read it as it was at").fill("2020-01-01T12:00");
  await page.getByRole("button", { name: "Show that day" }).click();
  await expect(page).toHaveURL(/status=fulfilled/);
  await expect(page).toHaveURL(/as_of=2025-01-01/);
  await expect(page.getByText("No pledge matches", { exact: true })).toBeVisible();
});

test("a pledge is compared with an earlier moment", async ({ page }) => {
  await open(page, "/pledges/april-summit");
  await page.getByText("Compare with an earlier moment").click();
  await page.getByRole("link", { name: "What the last publication changed" }).click();
  await expect(page).toHaveURL(/\/pledges\/april-summit\/compare$/);
  await fits(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What the record said, then and later");
  await expect(page.getByText("Not in the record yet").first()).toBeVisible();
  await expect(page.locator("ins").first()).toBeVisible();
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page).toHaveURL(/compare\?from=/);
  await fits(page);
});
