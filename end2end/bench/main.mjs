// Measures the program and prints a table of it beside what it is compared with. `end2end/bench.sh` sets everything up.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { measurePages } from "../lighthouse.mjs";
import { pledgebook, serve } from "../support/process.mjs";
import { afterPublication, firstTime } from "./cold.mjs";
import { short, targets } from "./figures.mjs";
import { islands } from "./islands.mjs";
import { load, machine } from "./machine.mjs";
import { questions, seed } from "./record.mjs";
import { Report } from "./report.mjs";
import { warm } from "./warm.mjs";
import { atRest, memory, patience, start, weight } from "./weight.mjs";

const set = (name, usual) => process.env[`BENCH_${name}`] || usual;
const binary = process.env.BENCH_BINARY;
const sizesOf = (engine) => set(`SIZES_${engine.toUpperCase()}`, set("SIZES", "10000 100000")).split(" ").map(Number);
const engines = set("ENGINES", "sqlite postgres").split(" ");
const how = {
  rounds: Number(set("ROUNDS", 5)),
  seconds: Number(set("SECONDS", 5)),
  threads: Number(set("THREADS", 1)),
  connections: Number(set("CONNECTIONS", 32)),
};
const asked = Number(set("ASKED", 205));
// Large records that another run made, and that this one leaves for the next: a million pledges take an hour.
const kept = process.env.BENCH_RECORDS;
const small = sizesOf(engines[0])[0];
const size = (pledges) => `${pledges.toLocaleString("en")} pledges`;

const folder = mkdtempSync(join(tmpdir(), "pledgebook-bench-"));
// nginx's workers are another user where it is started by root.
chmodSync(folder, 0o755);
const removing = [];
const report = new Report();
try {
  report.list(machine(binary));
  if (load() > 0.3) report.text(`**The machine was busy with other work when this began (${short(load())} a core): measure again on an idle one.**`);
  report.text(
    `Everything runs on this one machine, one thing at a time, over loopback with connections that are kept open; neither server writes a log of requests. ` +
      `wrk: ${how.threads} thread, ${how.connections} connections, ${how.seconds} s a run, medians of ${how.rounds} runs, ours and nginx's in turn. ` +
      `nginx has one worker a core, as ours has, and serves from files exactly the bodies that ours answers, packed in advance (gzip_static, brotli_static); ` +
      `its answers have fewer headers. Cold requests come one after the other over one connection and count until their last byte; each address is asked once, of servers that are at rest: they have read what they read when they start. Records of several sizes are asked in turn, one question at a time.`,
  );
  const measured = await smallRecord();
  await growth(measured);
  if (set("LIGHTHOUSE", "1") !== "0") await lighthouse();
} finally {
  for (const remove of removing) remove();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(report.end(process.env.BENCH_OUTPUT).length > 0 ? 1 : 0);

function made(engine, pledges) {
  // Something is published in the smallest one; it is made anew each time.
  const keep = kept && pledges !== small;
  const record = seed(binary, keep ? kept : folder, engine, pledges, keep);
  removing.push(record.remove);
  return record;
}

/** What is measured on the smallest record, on the first engine: warm, cold after a publication, start, memory and weight. Gives the place of that record. */
async function smallRecord() {
  const engine = engines[0];
  const { place } = made(engine, small);
  let server = await serve(binary, place);
  const pages = { pledge: await typical(server.address), list: "/pledges" };
  await server.stop();

  const begun = await start(binary, place, pages.pledge, 5);
  server = await serve(binary, place);
  const title = `${size(small)}, ${engine}`;
  report.table(`Warm pages beside nginx: ${title}`, ["what", "ours", "nginx", "ratio"], await warm(folder, server.address, pages, how));
  const busy = memory(server.pid);
  const rows = [
    figure("start to first answer, ms", begun.milliseconds, targets.start),
    figure("resident memory, idle, MiB", begun.mebibytes, targets.memory),
    { cells: ["resident memory after the load above, MiB", short(busy)] },
  ];
  report.table(`Start and memory: ${title}`, ["what", "measured"], rows);

  const weights = [];
  for (const [name, path] of Object.entries(pages)) {
    const { first, wasm } = await weight(server.address, path);
    weights.push(figure(`${name} page, first visit, all in`, first, targets[`${name}Weight`]));
    if (wasm) weights.push(figure(`WebAssembly that the ${name} page loads when somebody reaches for it`, wasm, targets.wasmWeight));
  }
  report.table("Weight over the wire, bytes in brotli", ["what", "measured"], weights);
  const { cost, shared } = islands();
  const costs = [...cost, ["what they share: reactivity and the DOM", shared]].map(([what, bytes]) => ({ cells: [what, short(bytes)] }));
  report.table("What each island costs: bytes of code for it alone, before they are optimised and packed", ["island", "bytes"], costs);

  await published(place, server.address, pages, title);
  await server.stop();
  return place;
}

/** The first page after a publication. */
async function published(place, address, pages, title) {
  const after = await afterPublication(binary, place, address, pages, Number(set("PUBLICATIONS", 25)));
  const cold = [
    both("pledge page", after.pledge, targets.coldPledge),
    both("list page", after.list, targets.coldList),
    both("the publication itself (“checked, nothing changed”)", after.publishing),
  ];
  report.table(`First page after a publication, ms: ${title}`, ["what", "p50", "p95"], cold);
}

/** p50 of what nobody has asked before, on every engine, from the smallest record to the largest; that of the first engine is there already. */
async function growth(placeOfSmall) {
  for (const engine of engines) {
    const [rows, first, sizes, servers] = [{}, {}, sizesOf(engine), []];
    const large = sizes.at(-1);
    for (const pledges of sizes) {
      const { place, perMinute } = engine === engines[0] && pledges === small ? { place: placeOfSmall } : made(engine, pledges);
      if (perMinute) process.stderr.write(`==> made at ${short(perMinute)} pledges a minute\n`);
      servers.push({ pledges, place, begun: await start(binary, place, "/pledges", 1) });
    }
    for (const server of servers) Object.assign(server, await serve(binary, server.place, { until: "/pledges", patience }));
    await atRest();
    for (const server of servers) server.asking = await questions(server.address, asked);
    const foundOf = await firstTime(servers);
    for (const [number, { pledges, place, begun, address, asking, stop }] of servers.entries()) {
      const [path] = asking.pledge[0].split("?");
      const { publishing } = await afterPublication(binary, place, address, { pledge: path }, 10);
      if (pledges === small && engine !== engines[0]) {
        await published(place, address, { pledge: asking.pledge[1].split("?")[0], list: "/pledges" }, `${size(small)}, ${engine}`);
      }
      await stop();
      const found = foundOf[number];
      const names = { pledge: "pledge page", list: "list page", search: "search", api: "a pledge in the API" };
      for (const [kind, { p50, p95 }] of Object.entries(found)) {
        first[kind] ??= p50;
        const row = (rows[kind] ??= { cells: [`${names[kind]}, p50 (p95) in ms`] });
        row.cells.push(`${short(p50)} (${short(p95)})`);
        if (pledges === large && sizes.length > 1) {
          row.cells.push(`${short(p50 / first[kind])} ×`);
          if (kind !== "api") Object.assign(row, { target: `at most ${targets.growth} ×`, held: p50 <= targets.growth * first[kind] });
        }
      }
      const others = [
        ["publishing", "a publication (“checked, nothing changed”), p50 in ms", publishing.p50],
        ["start", "start to first list, ms", begun.milliseconds],
        ["memory", "resident memory, idle, MiB", begun.mebibytes],
      ];
      for (const [kind, name, value] of others) {
        first[kind] ??= value;
        (rows[kind] ??= { cells: [name] }).cells.push(short(value));
        if (pledges === large && sizes.length > 1) rows[kind].cells.push(`${short(value / first[kind])} ×`);
      }
    }
    const columns = ["what", ...sizes.map(size), ...(sizes.length > 1 ? ["growth"] : [])];
    report.table(`Growth, each address asked for the first time: ${engine}`, columns, Object.values(rows));
  }
}

async function lighthouse() {
  process.stderr.write("==> Measuring four pages with Lighthouse; about two minutes\n");
  const place = ["--data-dir", join(folder, "example")];
  pledgebook(binary, place, ["migrate"]);
  pledgebook(binary, place, ["example"]);
  const server = await serve(binary, place);
  const { categories, pages } = await measurePages(`http://${server.address}`);
  const rows = pages.map(({ name, points, reasons }) => ({
    cells: [reasons.length ? `${name} (${reasons.join("; ")})` : name, ...points.map((point) => point ?? "–")],
    target: "100 each",
    held: points.every((point) => point >= 100),
  }));
  report.table("Lighthouse, as a phone sees the example record", ["page", ...categories], rows);
  await server.stop();
}

/** The pledge page whose length is the middle one of many. */
async function typical(address) {
  const { Visitor } = await import("../support/http.mjs");
  const visitor = new Visitor(address);
  const found = [];
  for (const asked of (await questions(address, 45)).pledge) {
    const path = asked.split("?")[0];
    found.push({ path, length: (await visitor.get(path)).body.length });
  }
  visitor.close();
  return found.sort((one, other) => one.length - other.length)[found.length >> 1].path;
}

function figure(name, value, limit) {
  return { cells: [name, short(value)], target: `at most ${limit.toLocaleString("en")}`, held: value <= limit };
}

function both(name, { p50, p95 }, limit) {
  return { cells: [name, short(p50), short(p95)], ...(limit && { target: `p50 at most ${limit}`, held: p50 <= limit }) };
}
