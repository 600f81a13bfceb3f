import { expect, open, test } from "../support/visit";

test("the list narrows as one types, with its count and its address", async ({ page }) => {
  await open(page, "/pledges");
  await expect(page.locator("#count")).toHaveText("69 pledges match");
  const loaded = page.waitForResponse(/_bg\.wasm$/);
  await page.reload();
  expect((await loaded).status()).toBe(200);
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((entry) => entry.name.endsWith("_bg.wasm")));
  await expect(async () => {
    await page.getByLabel("Search").fill("");
    await page.getByLabel("Search").pressSequentially("celula OPERATIVA", { delay: 15 });
    await expect(page.locator("#count")).toHaveText("1 pledge matches", { timeout: 2_000 });
  }).toPass();
  await expect(page.locator("#results > ol > li")).toHaveCount(1);
  await expect(page.locator("#results")).toContainText("operational cell");
  await expect(page).toHaveURL(/[?&]q=celula\+OPERATIVA/);
  // What the address says is what one finds on coming back.
  await page.reload();
  await expect(page.locator("#count")).toHaveText("1 pledge matches");
  await expect(page.getByLabel("Search")).toHaveValue("celula OPERATIVA");
});

test("typing keeps the other filters", async ({ page }) => {
  await open(page, "/es/pledges?status=fulfilled");
  await expect(async () => {
    await page.getByLabel("Buscar").fill("");
    await page.getByLabel("Buscar").pressSequentially("guatemala", { delay: 15 });
    await expect(page).toHaveURL(/q=guatemala/, { timeout: 2_000 });
  }).toPass();
  await expect(page).toHaveURL(/status=fulfilled/);
  const rows = page.locator("#results > ol > li");
  for (const row of await rows.all()) await expect(row).toContainText("Cumplido");
});

test("only the list brings a script", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (["script", "fetch"].includes(request.resourceType()) || request.url().endsWith(".wasm")) scripts.push(request.url());
  });
  for (const path of ["/", "/pledges/april-summit", "/parties/guatemala", "/changes", "/method", "/es"]) {
    await open(page, path);
    await expect(page.locator("script")).toHaveCount(0);
  }
  expect(scripts).toEqual([]);
});
