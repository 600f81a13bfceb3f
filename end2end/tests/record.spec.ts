import { expect, fits, open, test } from "../support/visit";

test("from a pledge to the entry that it rests on, and to the head of the log", async ({ page }) => {
  await open(page, "/pledges/april-summit");
  await page.getByRole("link", { name: "entry 0 of the record" }).click();
  await expect(page).toHaveURL(/\/record\/0$/);
  await fits(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Entry 0");
  await expect(page.getByText("added").first()).toBeVisible();
  await page.getByRole("link", { name: "The record" }).click();
  await expect(page).toHaveURL(/\/record$/);
  await fits(page);
  await expect(page.getByText("pledgebook verify --export record.jsonl")).toBeVisible();
  await expect(page.getByText(/\/record\+[0-9a-f]{8}\+/).first()).toBeVisible();
});
