// Processes of our own: the program, servers of it, nginx. What is set for another server stays out of them.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { Visitor } from "./http.mjs";

const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PLEDGEBOOK_|DATABASE_URL$)/.test(name)));
const running = new Set();
// Told, not killed: or the workers of nginx would outlive it.
process.on("exit", () => running.forEach((child) => child.kill("SIGTERM")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** A port that nobody listens on. */
export async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Runs the program to its end and gives what it said. */
export function pledgebook(binary, place, args) {
  return execFileSync(binary, ["--log", "warn", ...place, ...args], { env: clean, encoding: "utf8", maxBuffer: 1 << 26 });
}

function start(command, args) {
  const child = spawn(command, args, { env: clean, stdio: ["ignore", "ignore", "inherit"] });
  running.add(child);
  const ended = new Promise((done) => child.on("exit", (code, signal) => (running.delete(child), done({ code, signal }))));
  const stop = (signal = "SIGTERM") => (child.kill(signal), ended);
  return { child, ended, stop };
}

/**
 * A server of the program; it is there once a path of it answers. `milliseconds` is how long that took from its start.
 */
export async function serve(binary, place, { args = [], until = "/readyz", patience = 120_000 } = {}) {
  const address = `127.0.0.1:${await freePort()}`;
  const begun = performance.now();
  const server = start(binary, ["--log", "warn", ...place, "serve", "--no-capture", "--listen", address, ...args]);
  let gone;
  server.ended.then((how) => (gone = how));
  const visitor = new Visitor(address);
  while ((await visitor.get(until).catch(() => ({ status: 0 }))).status !== 200) {
    if (gone) throw new Error(`the server has ended: ${JSON.stringify(gone)}`);
    if (performance.now() - begun > patience) throw new Error(`no answer from ${until} in ${patience} ms`);
    await pause(2);
  }
  const milliseconds = performance.now() - begun;
  visitor.close();
  return { address, milliseconds, pid: server.child.pid, stop: server.stop };
}

/** nginx with a configuration of its own in a folder of its own; `http` is what stands in its http block. */
export async function nginx(folder, http, modules = []) {
  mkdirSync(folder, { recursive: true });
  // Its workers are another user where it is started by root.
  chmodSync(folder, 0o755);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((what) => `${what}_temp_path ${folder}/${what};`);
  const port = await freePort();
  const text = `
${modules.map((module) => `load_module ${module};`).join("\n")}
daemon off;
worker_processes auto;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary.join(" ")}
  ${http(port)}
}
`;
  writeFileSync(join(folder, "nginx.conf"), text);
  const server = start("nginx", ["-e", `${folder}/error.log`, "-c", join(folder, "nginx.conf")]);
  let gone = false;
  server.ended.then(() => (gone = true));
  const address = `127.0.0.1:${port}`;
  const visitor = new Visitor(address);
  for (let tries = 0; !(await visitor.get("/").then(() => true, () => false)); tries++) {
    if (gone || tries > 500) throw new Error(`nginx does not answer; see ${folder}/error.log`);
    await pause(10);
  }
  visitor.close();
  return { address, stop: server.stop };
}
