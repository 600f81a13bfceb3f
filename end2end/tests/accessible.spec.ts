import { accessible, open, test } from "../support/visit";

const kinds = [
  "/",
  "/pledges",
  "/pledges/april-summit",
  "/pledges/us-haitian-frp?as_of=2025-06-01",
  "/parties",
  "/parties/us",
  "/meetings/guatemala-2024",
  "/topics",
  "/sources/latamreports-2024-trilateral",
  "/changes",
  "/pledges?q=guatemala&due=2024",
  "/deadlines?due=2024",
  "/data",
  "/pledges/april-summit/compare",
  "/method",
  "/record",
  "/record/0",
  "/api",
  "/es/pledges/operational-cell",
];

for (const path of kinds) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing wrong with ${path} in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, path);
      await accessible(page);
    });
  }
}
