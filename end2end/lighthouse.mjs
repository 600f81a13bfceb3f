// Runs Lighthouse (mobile) on the pages of a running site. What keeps a page below its target is named.
// By itself: node lighthouse.mjs http://127.0.0.1:3000
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const paths = { list: "/pledges", pledge: "/pledges/april-summit", party: "/parties/guatemala", home: "/?lang=en" };
const categories = ["performance", "accessibility", "best-practices", "seo"];
const target = 100;
// Performance is a measurement, and a busy machine spoils it: the best of a few counts.
const attempts = Number(process.env.ATTEMPTS ?? 3);

/** The points of each page in each category, and why some are missing. */
export async function measurePages(site) {
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const pages = [];
    for (const [name, path] of Object.entries(paths)) pages.push(await measure(name, site + path, chrome.port));
    return { categories, pages };
  } finally {
    chrome.kill();
  }
}

async function measure(name, address, port) {
  const [best, reasons] = [{}, {}];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { lhr } = await lighthouse(address, { port, output: "json", onlyCategories: categories, logLevel: "error" });
    if (lhr.runtimeError) {
      console.error(`${address}: ${lhr.runtimeError.message}`);
      continue;
    }
    for (const category of categories) {
      const { score, auditRefs } = lhr.categories[category];
      const points = Math.round((score ?? 0) * 100);
      if (points <= (best[category] ?? -1)) continue;
      best[category] = points;
      const failed = auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1);
      reasons[category] = failed.map(({ id }) => `${id} (${lhr.audits[id].displayValue ?? lhr.audits[id].title})`);
    }
    if (categories.every((category) => best[category] >= target)) break;
  }
  const below = categories.filter((category) => !(best[category] >= target));
  return { name, points: categories.map((category) => best[category]), reasons: below.flatMap((category) => reasons[category] ?? ["not measured"]) };
}

if (import.meta.filename === process.argv[1]) {
  const { pages } = await measurePages(process.argv[2]);
  console.log(`| page | ${categories.join(" | ")} | target |\n|---|${"---|".repeat(categories.length + 1)}`);
  for (const { name, points, reasons } of pages) {
    console.log(`| ${name} | ${points.map((point) => point ?? "–").join(" | ")} | ${target} |`);
    for (const reason of reasons) console.log(`  ${name}: ${reason}`);
  }
  process.exitCode = pages.some(({ reasons }) => reasons.length > 0) ? 1 : 0;
}
