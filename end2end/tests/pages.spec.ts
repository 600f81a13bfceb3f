import { expect, open, test } from "../support/visit";

const pages: [path: string, heading: RegExp][] = [
  ["/", /What governments promised/],
  ["/pledges", /What was promised/],
  ["/pledges?status=fulfilled&party=guatemala&sort=oldest", /What was promised/],
  ["/pledges/biden-regularization", /Biden/],
  ["/parties", /Parties/],
  ["/parties/guatemala", /Guatemala/],
  ["/meetings", /Meetings/],
  ["/meetings/trilateral-2024", /trilateral ministerial/],
  ["/topics", /Topics/],
  ["/topics/smuggling", /Smuggling/],
  ["/sources/lad-factsheet-third", /Third Ministerial/],
  ["/changes", /Changes/],
  ["/changes?party=guatemala&status=fulfilled", /Changes/],
  ["/deadlines?due=2024", /Deadlines/],
  ["/data", /Open data/],
  ["/api", /other programs/],
  ["/es/deadlines", /Vencimientos/],
  ["/es/data?party=guatemala", /Datos abiertos/],
  ["/method", /How pledges are judged/],
  ["/es", /Lo que prometieron/],
  ["/es/pledges", /Lo que se prometió/],
  ["/es/method", /Cómo se evalúan/],
  ["/es/changes?as_of=2023-01-01", /Cambios/],
];

for (const [path, heading] of pages) {
  test(`${path} stands by itself`, async ({ page }) => {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expect(page).toHaveTitle(/ · Pledgebook$/);
  });
}

test("from 320 to 1600 pixels nothing sticks out", async ({ page }) => {
  for (const width of [320, 375, 768, 1600]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ["/", "/es", "/es/parties/us", "/pledges?q=migration&role=host", "/pledges/colombia-permits", "/parties", "/deadlines?due=2024", "/data", "/api", "/changes", "/method", "/es/sources/latamreports-2024-trilateral"]) {
      await open(page, path);
    }
  }
});

test("the keyboard leads to the content first", async ({ page }) => {
  await open(page, "/pledges/april-summit");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
});

test("a list goes on to its next page and back", async ({ page }) => {
  await open(page, "/pledges?party=us");
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/party=us&page=2/);
  await expect(page.getByText("Page 2 of")).toBeVisible();
  await page.getByRole("link", { name: "Previous page" }).click();
  await expect(page).toHaveURL(/\/pledges\?party=us$/);
});
