// What a first visit weighs over the wire, in brotli; and how long a start takes, and how much memory the server holds.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

import { Visitor } from "../support/http.mjs";
import { serve } from "../support/process.mjs";
import { median } from "./figures.mjs";

/** The bytes of a page and of every file that it loads by itself, and of the WebAssembly that it may load. */
export async function weight(address, path) {
  const visitor = new Visitor(address);
  const page = (await visitor.get(path)).body.toString();
  const bytes = async (path) => {
    const answer = await visitor.get(path, { "accept-encoding": "br" });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return answer.body.length;
  };
  const files = new Set([...page.matchAll(/(?:href|src)="(\/pkg\/[^"]+)"/g)].map(([, file]) => file));
  let first = await bytes(path);
  for (const file of files) first += await bytes(file);
  const [app] = /\bapp-[0-9a-f]{8,}/.exec(page) ?? [];
  const wasm = app && (await bytes(`/pkg/${app}_bg.wasm`));
  visitor.close();
  return { first, wasm };
}

/** The mebibytes that a process holds in memory. */
export const memory = (pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

/** How long a record may take to be read when the program starts: a million pledges take a minute or two. */
export const patience = 600_000;

/**
 * Waits until this machine has done next to nothing for some seconds, neither computed nor waited for a disk: what a server reads
 * when it starts is read then, also what its database reads for it. Goes on without that where it lasts too long.
 */
export async function atRest() {
  const done = () => {
    const [, ...ticks] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0].trim().split(/\s+/).map(Number);
    const all = ticks.slice(0, 8).reduce((sum, some) => sum + some, 0);
    return { all, busy: all - ticks[3] };
  };
  const begun = performance.now();
  for (let [quiet, before] = [0, done()]; quiet < 5; ) {
    await pause(1000);
    const now = done();
    quiet = now.busy - before.busy <= 0.08 * (now.all - before.all) ? quiet + 1 : 0;
    before = now;
    if (performance.now() - begun > patience) {
      process.stderr.write("==> This machine does not come to rest; measuring all the same\n");
      return;
    }
  }
}

/** The time from the start of the program until a page has come, and what it holds in memory some seconds later, idle. */
export async function start(binary, place, path, times) {
  const [started, held] = [[], []];
  for (let round = 0; round < times; round++) {
    const server = await serve(binary, place, { until: path, patience });
    started.push(server.milliseconds);
    await pause(3000);
    held.push(memory(server.pid));
    await server.stop();
  }
  return { milliseconds: median(started), mebibytes: median(held) };
}
