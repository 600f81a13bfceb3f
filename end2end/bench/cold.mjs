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

/** The p50 and p95 of each kind of question, asked once each. */
export async function firstTime(address, asked) {
  const visitor = new Visitor(address);
  const found = {};
  for (const [kind, paths] of Object.entries(asked)) {
    // The first few make the program's own code warm, not its answers.
    await each(visitor, paths.slice(0, 5));
    const took = await each(visitor, paths.slice(5));
    found[kind] = { p50: quantile(took, 0.5), p95: quantile(took, 0.95), asked: took.length };
  }
  visitor.close();
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
