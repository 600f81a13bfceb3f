// A synthetic record of some size on an engine, and what there is to ask it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Visitor } from "../support/http.mjs";
import { pledgebook } from "../support/process.mjs";

/** The PostgreSQL to measure on, and a database of it. */
function postgres(database) {
  const { PLEDGEBOOK_TEST_POSTGRES_URL, PGUSER, PGPASSWORD, PGHOST, PGPORT, PGDATABASE } = process.env;
  const url = new URL(PLEDGEBOOK_TEST_POSTGRES_URL ?? `postgres://${PGUSER}:${PGPASSWORD}@${PGHOST}:${PGPORT}/${PGDATABASE}`);
  if (database) url.pathname = `/${database}`;
  return url.href;
}

const psql = (database, statement) =>
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", "-d", postgres(database), "-c", statement], {
    env: { ...process.env, PGOPTIONS: "--client-min-messages=warning" },
    stdio: ["ignore", "ignore", "inherit"],
  });

/** Which PostgreSQL it is. */
export const postgresVersion = () => execFileSync("psql", ["-AtX", "-d", postgres(), "-c", "show server_version"], { encoding: "utf8" }).trim();

/**
 * Makes the record in a folder, or takes what another run kept there (`kept`). Gives the flags that name it, how fast it was made,
 * and how to remove it.
 */
export function seed(binary, folder, engine, pledges, kept) {
  const data = join(folder, `${engine}-${pledges}`);
  const database = `pledgebook_bench_${pledges}`;
  const place = ["--data-dir", data, ...(engine === "postgres" ? ["--database-url", postgres(database)] : [])];
  const finished = join(data, "finished");
  if (kept && existsSync(finished)) {
    pledgebook(binary, place, ["migrate"]);
    return { place, perMinute: Number(readFileSync(finished, "utf8")), remove: () => {} };
  }
  process.stderr.write(`==> Making a record of ${pledges.toLocaleString("en")} pledges on ${engine}\n`);
  mkdirSync(data, { recursive: true });
  if (engine === "postgres") {
    psql(undefined, `drop database if exists ${database}`);
    psql(undefined, `create database ${database}`);
  }
  pledgebook(binary, place, ["migrate"]);
  const begun = performance.now();
  pledgebook(binary, place, ["synth", String(pledges)]);
  const perMinute = (pledges / (performance.now() - begun)) * 60_000;
  // What a PostgreSQL that has been running for an hour has done by itself.
  if (engine === "postgres") psql(database, "vacuum analyze");
  writeFileSync(finished, String(perMinute));
  const remove = () => !kept && engine === "postgres" && psql(undefined, `drop database ${database} with (force)`);
  return { place, perMinute, remove };
}

/** What can be asked of a record: addresses of pledges spread over all of it, of lists, and words that occur in it. */
export async function questions(address, wanted) {
  const visitor = new Visitor(address);
  const text = async (path) => {
    const answer = await visitor.get(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return answer.body.toString();
  };
  const spread = (all, number) => all.filter((_, place) => place % Math.max(1, Math.floor(all.length / number)) === 0).slice(0, number);
  const names = async (kind) => JSON.parse(await text(`/api/v1/${kind}`)).data.map(({ slug }) => slug).slice(0, 60);
  const [parties, topics] = [await names("parties"), await names("topics")];
  // Some of each topic: they lie all over the record.
  const found = new Set();
  for (const topic of topics) {
    const some = JSON.parse(await text(`/api/v1/pledges?topic=${topic}&limit=${Math.ceil(wanted / topics.length) + 1}`)).data;
    for (const { slug } of some) found.add(`/pledges/${slug}`);
  }
  const pledges = spread([...found], wanted);
  const lists = [];
  const statuses = ["announced", "in_progress", "fulfilled", "stalled", "not_fulfilled", "partly_fulfilled", "no_action_found"];
  for (let number = 0; number < wanted; number++) {
    const of = (names, every) => names[Math.floor(number / every) % names.length];
    const query = [
      `party=${of(parties, 4)}`,
      `topic=${of(topics, 4)}&status=${of(statuses, 4)}`,
      `status=${of(statuses, 4)}&page=${2 + Math.floor(number / (4 * statuses.length))}`,
      `party=${of(parties, 4)}&status=${of(statuses, 4)}`,
    ][number % 4];
    lists.push(`/pledges?${query}`);
  }
  // The words of titles, alone and in twos: as people search, some are in every tenth pledge and some in few.
  const words = new Set();
  for (const path of spread(pledges, 40)) {
    const title = /<h1[^>]*>([^<]+)/.exec(await text(path))?.[1] ?? "";
    const long = title.replace(/&[^;]+;/g, " ").split(/[^\p{L}]+/u).filter((word) => word.length > 4);
    long.forEach((word, place) => words.add(word).add(long.slice(place, place + 2).join(" ")));
  }
  const searches = spread([...words], wanted).map((word) => `/pledges?q=${encodeURIComponent(word)}`);
  visitor.close();
  const api = pledges.slice(0, wanted).map((path) => `/api/v1${path}`);
  // Their titles were read above: what is measured must not have been asked before.
  const pledge = pledges.slice(0, wanted).map((path) => `${path}?first`);
  return { pledge, list: lists, search: searches, api };
}
