import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";

// The link to a passage on the live page: the browser goes to the passage. The page is one of this test's own, for the sources
// themselves are elsewhere.

test("the link to the passage leads to it on the page", async ({ page }) => {
  await page.goto("/pledges/april-summit");
  const link = page.getByRole("link", { name: "Read it there" }).first();
  await expect(link).toHaveAttribute("rel", "noopener external");
  const quoted = (await page.locator(".quoted blockquote").first().textContent())!.replace(/[“”]/g, "");
  const fragment = new URL((await link.getAttribute("href"))!).hash;
  expect(fragment).toContain(":~:text=");

  const filler = "<p>Nothing of it stands here.</p>".repeat(200);
  const html = `<!doctype html><meta charset="utf-8"><title>Press</title>${filler}<p id="passage">They said that it ${quoted}, and left.</p>${filler}`;
  const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(html));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${fragment}`);
    await expect(page.locator("#passage")).toBeInViewport();
    await expect(page.locator("p").first()).not.toBeInViewport();
  } finally {
    server.close();
  }
});
