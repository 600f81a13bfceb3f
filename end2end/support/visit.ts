import { expect, test as base, type Page } from "@playwright/test";
import axe from "axe-core";

/** A test that fails on anything a page writes to the console, and on any request that leaves the site. */
export const test = base.extend<{ quiet: void }>({
  quiet: [
    async ({ page, baseURL }, use) => {
      const noise: string[] = [];
      page.on("console", (message) => noise.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
      page.on("request", (request) => {
        if (!request.url().startsWith(baseURL ?? "")) noise.push(`left the site: ${request.url()}`);
      });
      await use();
      expect(noise).toEqual([]);
      expect(await page.context().cookies()).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a page and makes sure that nothing of it sticks out at the side. */
export async function open(page: Page, path: string) {
  await page.goto(path);
  await fits(page);
}

/** The page is no wider than the window; layout is measured from outside, so that it works without JavaScript too. */
export async function fits(page: Page) {
  const chromium = await page.context().newCDPSession(page);
  const { cssContentSize } = await chromium.send("Page.getLayoutMetrics");
  expect(cssContentSize.width).toBeLessThanOrEqual(page.viewportSize()!.width);
}

/** The page has no violation of WCAG 2.2 AA that axe can find. */
export async function accessible(page: Page) {
  // Evaluated from outside, so that the page's own policy against scripts stays in force.
  await page.evaluate(axe.source);
  const told = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: tags });
    return found.violations.map((violation) => ({
      rule: violation.id,
      help: violation.help,
      where: violation.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`).slice(0, 5),
    }));
  });
  expect(told).toEqual([]);
}
