import { expect, open, test } from "../support/visit";

test.use({ locale: "es-GT" });

test("a Spanish browser begins in Spanish, and English is a click away and stays", async ({ page }) => {
  await open(page, "/");
  await expect(page).toHaveURL(/\/es$/);
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("link", { name: "Pledges", exact: true }).first().click();
  await page.getByRole("link", { name: "Pledgebook" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page).toHaveURL(/\/es$/);
});
