// What the figures were measured on and with.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, release, totalmem } from "node:os";

import { postgresVersion } from "./record.mjs";

const said = (command, ...args) => execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** The load of the machine over the last minute, per core: above about 0.3 the figures tell of other work too. */
export const load = () => loadavg()[0] / availableParallelism();

export function machine(binary) {
  const system = /PRETTY_NAME="(.*)"/.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "unknown";
  return {
    machine: `${availableParallelism()} cores, ${cpus()[0]?.model.trim()} (${arch()}), ${(totalmem() / 2 ** 30).toFixed(1)} GiB of memory`,
    system: `${system}, Linux ${release()}`,
    "load at the beginning": `${loadavg()[0].toFixed(2)} in the last minute`,
    versions: [said(binary, "--version").trim(), nginxVersion(), `PostgreSQL ${postgresVersion()}`, `Node.js ${process.version}`].join("; "),
    commit: commit(),
  };
}

// It speaks on the standard error.
const nginxVersion = () => said("bash", "-c", "nginx -v 2>&1").trim().replace("nginx version: ", "");

function commit() {
  try {
    const changed = said("git", "status", "--porcelain").split("\n").some((line) => line && !line.includes("BENCHMARKS.md"));
    return said("git", "rev-parse", "--short=12", "HEAD").trim() + (changed ? ", with changes" : "");
  } catch {
    return "unknown";
  }
}
