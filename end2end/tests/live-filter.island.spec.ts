import { expect, open, test } from "../support/visit";

test("the list narrows as one types, with its count and its address", async ({ page }) => {
  const wasm: string[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("_bg.wasm")) wasm.push(response.url());
  });
  await open(page, "/pledges");
  await expect(page.locator("#count")).toHaveText("69 pledges match");
  // Nothing is fetched for an island until somebody reaches for it; what is typed meanwhile counts all the same.
  expect(wasm).toEqual([]);
  await page.getByLabel("Search", { exact: true }).pressSequentially("celula OPERATIVA");
  await expect(page.locator("#count")).toHaveText("1 pledge matches");
  expect(wasm).toHaveLength(1);
  await expect(page.locator("#results > ol > li")).toHaveCount(1);
  await expect(page.locator("#results")).toContainText("operational cell");
  await expect(page).toHaveURL(/[?&]q=celula\+OPERATIVA/);
  // What the address says is what one finds on coming back.
  await page.reload();
  await expect(page.locator("#count")).toHaveText("1 pledge matches");
  await expect(page.getByLabel("Search", { exact: true })).toHaveValue("celula OPERATIVA");
});

test("rows are narrowed at once, before the server has answered", async ({ page }) => {
  await open(page, "/pledges");
  await page.getByLabel("Search", { exact: true }).pressSequentially("x");
  await expect(page).toHaveURL(/q=x/);
  await page.getByLabel("Search", { exact: true }).fill("");
  await expect(page.locator("#count")).toHaveText("69 pledges match");
  const before = await page.locator("#results > ol > li").count();
  // From here on the server's answers never come.
  await page.route(/q=panama/, () => {});
  await page.getByLabel("Search", { exact: true }).fill("panama");
  await expect(page.locator("#results > ol > li[hidden]").first()).toBeHidden();
  expect(await page.locator("#results > ol > li:not([hidden])").count()).toBeLessThan(before);
});

test("typing keeps the other filters", async ({ page }) => {
  await open(page, "/es/pledges?status=fulfilled");
  await page.getByLabel("Buscar", { exact: true }).pressSequentially("guatemala");
  await expect(page).toHaveURL(/q=guatemala/);
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
    await expect(page.locator("script:not([type='application/ld+json'])")).toHaveCount(0);
  }
  expect(scripts).toEqual([]);
});
