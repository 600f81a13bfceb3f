// Warm pages beside nginx: the same bytes, from the same machine, in the same run, through the same wrk.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { Visitor } from "../support/http.mjs";
import { nginx } from "../support/process.mjs";
import { median, short, targets } from "./figures.mjs";

const encodings = { identity: "", br: ".br", gzip: ".gz" };
const brotli = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/** The bodies that a server answers, in every encoding. */
async function bodies(address, path) {
  const visitor = new Visitor(address);
  const found = {};
  for (const encoding of Object.keys(encodings)) {
    // The first answer is packed quickly; all later ones are the same.
    await visitor.get(path, { "accept-encoding": encoding });
    const answer = await visitor.get(path, { "accept-encoding": encoding });
    const packed = answer.headers["content-encoding"] ?? "identity";
    if (answer.status !== 200 || packed !== encoding) throw new Error(`${path} in ${encoding}: ${answer.status}, ${packed}`);
    found[encoding] = answer.body;
  }
  visitor.close();
  return found;
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Serves what `address` answers at these paths from files, by nginx; each body in each encoding is what ours sends. */
async function serveFiles(folder, address, paths) {
  if (!existsSync(brotli)) throw new Error(`${brotli} is missing`);
  const files = join(folder, "files");
  mkdirSync(files, { recursive: true });
  const locations = [];
  for (const [number, path] of paths.entries()) {
    const file = join(files, `${number}.html`);
    for (const [encoding, body] of Object.entries(await bodies(address, path))) writeFileSync(file + encodings[encoding], body);
    locations.push(`location = ${path} { alias ${file}; gzip_static on; brotli_static on; }`);
  }
  const http = (port) => `
  sendfile on; tcp_nopush on; keepalive_timeout 65s; keepalive_requests 1000000000;
  default_type "text/html; charset=utf-8";
  server { listen 127.0.0.1:${port}; ${locations.join(" ")} }`;
  return nginx(folder, http, [brotli]);
}

/** One run of wrk. */
function wrk(address, path, encoding, { seconds, threads, connections }) {
  const args = ["-t", threads, "-c", connections, "-d", `${seconds}s`, "--latency", "-H", `Accept-Encoding: ${encoding}`];
  const told = execFileSync("wrk", [...args.map(String), `http://${address}${path}`], { encoding: "utf8" });
  if (/Non-2xx|Socket errors/.test(told)) throw new Error(`${address}${path}: not every answer was a page\n${told}`);
  const of = (pattern) => {
    const [, value, unit] = pattern.exec(told) ?? [];
    return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit ?? "ms"];
  };
  return { rate: of(/Requests\/sec:\s+([\d.]+)/), p50: of(/ 50%\s+([\d.]+)(us|ms|s)/), p99: of(/ 99%\s+([\d.]+)(us|ms|s)/) };
}

/** Measures pages, named, in identity and in brotli, ours and nginx's in turn; the rows of a table. */
export async function warm(folder, address, pages, how) {
  const files = await serveFiles(join(folder, "nginx"), address, Object.values(pages));
  const rows = [];
  for (const [name, path] of Object.entries(pages)) {
    for (const encoding of ["identity", "br"]) {
      const [own, theirs, again] = [(await bodies(address, path))[encoding], (await bodies(files.address, path))[encoding], (await bodies(address, path))[encoding]];
      // A page that differs from itself (by a nonce) is still as long.
      const same = own.equals(again) ? sha256(own) === sha256(theirs) : Math.abs(own.length - theirs.length) < 64;
      if (!same) throw new Error(`${path} in ${encoding}: nginx does not serve the same bytes (${own.length}, ${theirs.length})`);
      const rounds = { ours: [], nginx: [] };
      const servers = [["ours", address], ["nginx", files.address]];
      for (const [, server] of servers) wrk(server, path, encoding, { ...how, seconds: 1 });
      for (let round = 0; round < how.rounds; round++) {
        // Who comes first changes: neither always meets the machine as the other left it.
        for (const [who, server] of round % 2 ? [...servers].reverse() : servers) {
          rounds[who].push(wrk(server, path, encoding, how));
          await pause(300);
        }
      }
      const of = (who, what) => median(rounds[who].map((round) => round[what]));
      const label = `${name}, ${encoding}, ${short(own.length)} bytes`;
      const row = (what, unit, target, limit, held) => {
        const [ours, nginxs] = [of("ours", what), of("nginx", what)];
        const cells = [`${label}: ${unit}`, short(ours), short(nginxs), short(ours / nginxs)];
        rows.push({ cells, ...(limit && { target, held: held(ours / nginxs) }) });
      };
      row("rate", "requests per second", `at least ${targets.warmRate} × nginx`, true, (ratio) => ratio >= targets.warmRate);
      row("p50", "p50 in ms");
      row("p99", "p99 in ms", `at most ${targets.warmTail} × nginx`, true, (ratio) => ratio <= targets.warmTail);
    }
  }
  await files.stop("SIGQUIT");
  return rows;
}
