import { expect, open, test } from "../support/visit";

test("a search finds across languages and shows where", async ({ page }) => {
  await open(page, "/es/pledges?q=operational+cell");
  const first = page.locator("#results .list > li").first();
  await expect(first.getByRole("heading")).toContainText("célula operativa", { ignoreCase: true });
  await open(page, "/pledges?q=%22celula+operativa%22");
  await expect(page.locator("#results .list > li mark").first()).toHaveText(/célula operativa/i);
});

test("each filter says what it would leave, and does", async ({ page }) => {
  await open(page, "/pledges?q=guatemala");
  const option = page.getByLabel("Status", { exact: true }).locator("option", { hasText: "Fulfilled" }).first();
  const promised = (await option.textContent())?.match(/\((\d+)\)/)?.[1] ?? "";
  await page.getByLabel("Status", { exact: true }).selectOption({ value: (await option.getAttribute("value")) ?? "" });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.locator("#count")).toHaveText(new RegExp(`^${promised} pledge`));
  await page.getByRole("link", { name: "Remove the filter Status" }).click();
  await expect(page).not.toHaveURL(/status=/);
  await expect(page).toHaveURL(/q=guatemala/);
});

test("more filters open by keyboard and stay open where one is used", async ({ page }) => {
  await open(page, "/pledges");
  const more = page.getByText("More filters", { exact: true });
  await more.focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Due", { exact: true }).selectOption("2024");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/due=2024/);
  await expect(page.getByLabel("Due", { exact: true })).toBeVisible();
});

test("statuses over time have their numbers behind them", async ({ page }) => {
  await open(page, "/parties/guatemala");
  await page.getByText("Show the numbers").click();
  const table = page.getByRole("region", { name: "How many pledges had each status" });
  await expect(table.getByRole("row").nth(1)).toBeVisible();
  expect(await table.getByRole("row").count()).toBeGreaterThan(3);
});

test("the scorecard counts what a party owes and leads to its pledges", async ({ page }) => {
  await open(page, "/parties");
  const row = page.getByRole("region", { name: "Scorecard" }).getByRole("row", { name: /Guatemala/ });
  const [total, ...rest] = (await row.getByRole("cell").allTextContents()).map(Number);
  // The last column is the overdue, which stand in the others too.
  expect(rest.slice(0, -1).reduce((sum, count) => sum + count, 0)).toBe(total);
  await row.getByRole("link", { name: "Guatemala" }).click();
  await expect(page).toHaveURL(/\/parties\/guatemala$/);
});

test("deadlines go from year to year", async ({ page }) => {
  await open(page, "/deadlines?due=2024");
  await expect(page.getByRole("heading", { name: "April 2024" })).toBeVisible();
  await page.getByRole("navigation", { name: "Years" }).getByRole("link", { name: /^2025/ }).click();
  await expect(page).toHaveURL(/due=2025/);
});
