import { expect, open, fits, test } from "../support/visit";

// The founding example, read as on the day it was thought of: with and without JavaScript, on a phone and on a desktop.

test("a reader finds the summit pledge and sees that it was fulfilled a week late", async ({ page }) => {
  await open(page, "/");
  await page.getByRole("link", { name: "Pledges", exact: true }).first().click();
  await page.getByLabel("Search", { exact: true }).fill("ministerial april");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await fits(page);
  await page.getByRole("link", { name: "Guatemala to host the Declaration’s ministerial in April 2024" }).click();
  await fits(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Guatemala to host");
  await expect(page.locator("main")).toContainText("Fulfilled, 7 days late");
  const strip = page.getByRole("img", { name: /Status history/ });
  await expect(strip).toHaveAccessibleName(
    "Status history: Announced from 28 February 2024, Fulfilled from 7 May 2024, due Apr 2024",
  );
});

test("what was known on 15 April 2024 is one date away", async ({ page }) => {
  await open(page, "/pledges/april-summit");
  await page.getByLabel("As it stood on").fill("2024-04-15");
  await page.getByRole("button", { name: "Show that day" }).click();
  await expect(page).toHaveURL(/as_of=2024-04-15/);
  await expect(page.getByRole("note")).toContainText("15 April 2024");
  await expect(page.locator("main")).toContainText("Announced");
  await expect(page.locator("main")).toContainText("due soon");
  await expect(page.locator("main")).not.toContainText("Held in Guatemala City");
  // The moment goes along on the way through the site, until one asks for now.
  await page.getByRole("link", { name: "Meetings" }).click();
  await expect(page).toHaveURL(/\/meetings\?as_of=2024-04-15/);
  await expect(page.locator("main")).not.toContainText("Fourth ministerial");
  await page.getByRole("link", { name: "See it as it is now" }).click();
  await expect(page).toHaveURL(/\/meetings$/);
  await expect(page.locator("main")).toContainText("Fourth ministerial");
});

test("the evidence is quoted, or says that it is not, and leads to its source", async ({ page }) => {
  await open(page, "/pledges/operational-cell");
  await expect(page.getByText("“the creation of an operational cell among the three countries”")).toBeVisible();
  await expect(page.getByText("Not yet quoted").first()).toBeVisible();
  await expect(page.getByRole("table").first()).toContainText("Trilateral working group");
  await expect(page.getByRole("table").first()).toContainText("Joint statement");
  const outside = page.getByRole("link", { name: /pledge to work together against illegal migration/ }).first();
  await expect(outside).toHaveAttribute("href", /^https:\/\/latamreports\.com\//);
  await page.getByRole("link", { name: "About this source" }).first().click();
  await fits(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("pledge to work together");
  await expect(page.locator("main")).toContainText("Prensa Libre");
  await page.getByRole("link", { name: "Create a trilateral operational cell on migration" }).first().click();
  await expect(page).toHaveURL(/\/pledges\/operational-cell/);
});

test("the same in Spanish, at the same moment", async ({ page }) => {
  await open(page, "/pledges/april-summit?as_of=2024-05-08");
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page).toHaveURL(/\/es\/pledges\/april-summit\?as_of=2024-05-08/);
  await fits(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page.locator("main")).toContainText("Cumplido, con 7 días de retraso");
  await expect(page.locator("main")).toContainText("7 de mayo de 2024");
  await expect(page.locator("main")).toContainText("Aún sin cita");
  await page.getByRole("link", { name: "Gobernanza de la Declaración" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Gobernanza de la Declaración");
});

test("the pledge prints without what only works on a screen", async ({ page }) => {
  await page.emulateMedia({ media: "print" });
  await open(page, "/pledges/april-summit");
  await expect(page.locator(".site-nav")).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.locator("main")).toContainText("Fulfilled, 7 days late");
});
