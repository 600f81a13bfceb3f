import { expect, type Page } from "@playwright/test";

/** What has the focus is called: by its label, or by what stands in it. Asked from outside, so that it works without JavaScript too. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement | null;
    const label = at?.getAttribute("aria-label") || at?.labels?.[0]?.textContent || at?.textContent;
    return (label ?? "").replace("(optional)", "").trim();
  });
}

/** Goes on by Tab until what has the focus is called so. */
export async function tabTo(page: Page, name: string | RegExp) {
  const passed: string[] = [];
  for (let count = 0; count < 200; count++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (typeof name === "string" ? at === name : name.test(at)) return;
    passed.push(at);
  }
  expect(passed, `nothing called ${name} has the focus`).toContain(name);
}
