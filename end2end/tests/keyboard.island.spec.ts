import { expect, open, test } from "../support/visit";

/** What has the focus: what it is called, where it is, and how it shows that it has it. */
type Stop = { name: string; left: number; top: number; shown: boolean; outlined: boolean; width: number; height: number; inText: boolean };

/** Whether a target is smaller than 24 by 24 pixels, not within a sentence, and another one reaches into its circle of that width. */
function crowded(stop: Stop, stops: Stop[]) {
  if (stop.inText || (stop.width >= 24 && stop.height >= 24)) return false;
  const [x, y] = [stop.left + stop.width / 2, stop.top + stop.height / 2];
  return stops.some((other) => {
    if (other === stop || other.name === stop.name) return false;
    const dx = Math.max(other.left - x, 0, x - other.left - other.width);
    const dy = Math.max(other.top - y, 0, y - other.top - other.height);
    return Math.hypot(dx, dy) < 12;
  });
}

// WCAG 2.2: 2.4.3 focus order, 2.4.7 and 2.4.11 visible and not hidden, 2.5.8 targets of 24 by 24 pixels unless within a sentence.
for (const path of ["/pledges", "/pledges/april-summit", "/parties/guatemala", "/?lang=en", "/pledges/april-summit/compare"]) {
  test(`${path} can be walked through by keyboard`, async ({ page, viewport }) => {
    await open(page, path);
    const stops: Stop[] = [];
    for (let count = 0; count < 400; count++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate((): Stop | null => {
        const at = document.activeElement as HTMLElement | null;
        if (!at || at === document.body) return null;
        const box = at.getBoundingClientRect();
        const style = getComputedStyle(at);
        return {
          name: (at.textContent || at.getAttribute("aria-label") || at.id).trim().slice(0, 60),
          left: box.left + scrollX,
          top: box.top + scrollY,
          shown: box.bottom > 0 && box.top < innerHeight && box.width > 0,
          outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          width: box.width,
          height: box.height,
          inText: style.display === "inline" && (at.parentElement?.textContent?.trim().length ?? 0) > (at.textContent?.trim().length ?? 0),
        };
      });
      if (!stop) break;
      stops.push(stop);
    }
    expect(stops.length).toBeGreaterThan(10);
    expect(stops[0].name).toBe("Skip to the content");
    expect(stops.filter((stop) => !stop.shown)).toEqual([]);
    expect(stops.filter((stop) => !stop.outlined)).toEqual([]);
    expect(stops.filter((stop) => crowded(stop, stops))).toEqual([]);
    // On a phone all stands in one column, so that the focus only ever goes down; a row's height is allowed for.
    if (viewport!.width < 768) {
      const back = stops.slice(2).filter((stop, index) => stop.top < stops[index + 1].top - 120);
      expect(back).toEqual([]);
    }
  });
}
