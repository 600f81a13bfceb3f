// Pages that nobody has asked for before, one after the other over one connection, as one reader meets them.
import { setTimeout as pause } from "node:timers/promises";

import { comeIn, makeToken } from "../support/editor.mjs";
import { Visitor } from "../support/http.mjs";
import { quantile } from "./figures.mjs";

/** How long each of these took until its last byte, in milliseconds. */
async function each(visitor, paths) {
  const took = [];
  for (const path of paths) {
    const answer = await visitor.get(path, { "accept-encoding": "br" });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    took.push(answer.milliseconds);
  }
  return took;
}

/**
 * The p50 and p95 of each kind of question, asked once each, of each of some servers (`{ address, asking }`). They are asked in turn,
 * one question at a time: a machine that is faster for a moment is so for all of them.
 */
export async function firstTime(servers) {
  const visitors = servers.map(({ address }) => new Visitor(address));
  const found = servers.map(() => ({}));
  for (const kind of Object.keys(servers[0].asking)) {
    const took = servers.map(() => []);
    for (let number = 0; servers.some(({ asking }) => number < asking[kind].length); number++) {
      for (const [place, { asking }] of servers.entries()) took[place].push(...(await each(visitors[place], asking[kind].slice(number, number + 1))));
    }
    for (const [place, all] of took.entries()) {
      // The first few make the program's own code warm, not its answers.
      const counted = all.slice(5);
      found[place][kind] = { p50: quantile(counted, 0.5), p95: quantile(counted, 0.95) };
    }
  }
  for (const visitor of visitors) visitor.close();
  return found;
}

/** How long the first page takes after a publication, and the publication itself; so many times. */
export async function afterPublication(binary, place, address, pages, times) {
  const { visitor: editor } = await comeIn(binary, place, address, "editor", `editor-${Date.now()}`);
  const token = await makeToken(editor, ["check"]);
  const reader = new Visitor(address);
  const took = { publishing: [], ...Object.fromEntries(Object.keys(pages).map((name) => [name, []])) };
  for (let round = 0; round < times; round++) {
    for (const [name, path] of Object.entries(pages)) {
      await each(reader, [path]);
      const published = await editor.api("POST", `/api/v1${pages.pledge}/checked`, token, {});
      if (published.status !== 204) throw new Error(`nothing was published: ${published.status} ${published.body}`);
      took.publishing.push(published.milliseconds);
      took[name].push(...(await each(reader, [path])));
      await pause(20);
    }
  }
  reader.close();
  editor.close();
  return Object.fromEntries(Object.entries(took).map(([name, values]) => [name, { p50: quantile(values, 0.5), p95: quantile(values, 0.95) }]));
}
