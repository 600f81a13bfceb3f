// Figures and their targets. Those of DESIGN stand here once, and the report prints each beside what was measured.
export const targets = {
  warmRate: 0.8, // of nginx's requests per second
  warmTail: 2, // times nginx's p99
  coldPledge: 5, // milliseconds, at 10,000 pledges
  coldList: 10, // milliseconds, at 10,000 pledges
  growth: 2, // times the p50 of the smallest record
  start: 300, // milliseconds, at 10,000 pledges
  memory: 100, // MiB, idle
  pledgeWeight: 20_000, // bytes in brotli
  listWeight: 30_000,
  wasmWeight: 200_000,
};

/** The value below which a share of the values lie; `share` is from 0 to 1. */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const median = (values) => {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** A number with three digits that count. */
export function short(number) {
  if (!Number.isFinite(number)) return "–";
  if (number >= 1000) return Math.round(number).toLocaleString("en");
  return number.toFixed(number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : 3);
}
