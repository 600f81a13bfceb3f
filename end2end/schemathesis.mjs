// A server of the example record, a token that may do everything, and schemathesis.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { comeIn, makeToken } from "./support/editor.mjs";
import { pledgebook, serve } from "./support/process.mjs";

const { BINARY: binary, SCHEMATHESIS: schemathesis, SCHEMATHESIS_SECONDS: seconds = "40", SCHEMATHESIS_SEED: dice = "20240415" } = process.env;
const folder = mkdtempSync(join(tmpdir(), "pledgebook-schemathesis-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const place = ["--data-dir", folder];
pledgebook(binary, place, ["migrate"]);
pledgebook(binary, place, ["example"]);
const server = await serve(binary, place);
const { visitor } = await comeIn(binary, place, server.address, "reviewer");
const token = await makeToken(visitor, ["draft", "check", "review"]);
visitor.close();

/** Asks with these arguments besides, and gives schemathesis' exit code. */
async function ask(...more) {
  const asking = spawn(
    schemathesis,
    [
      ...["--config-file", `${import.meta.dirname}/schemathesis.toml`, "run", `http://${server.address}/api/v1/openapi.json`],
      ...["--max-time", String(Math.ceil(Number(seconds) / 2)), "--seed", dice, "--generation-allow-x00", "true"],
      ...["--continue-on-failure", "--no-color", "--warnings", "off", ...more],
    ],
    { cwd: folder, stdio: "inherit" },
  );
  return new Promise((done) => asking.on("exit", (code) => done(code ?? 1)));
}

// Which parameters go together a description can't say: such requests are refused.
const told = ["positive_data_acceptance"];
// Without a token, so not where one is needed: made-up ones would be counted, and soon nothing from here would be looked at.
const open = ["--include-method", "GET", "--exclude-path-regex", "^/api/v1/drafts"];
const reading = await ask(...open, "--exclude-checks", told.join());
// A draft keeps what is half typed, and gives it back as it came: what of it fits is told when it is handed in.
// Wrong tokens the http tests try.
const drafts = [...told, "negative_data_rejection", "response_schema_conformance", "ignored_auth"];
const writing = await ask("--header", `Authorization: Bearer ${token}`, "--exclude-checks", drafts.join());
// The token still opens the door: else most of the above was told to wait, and nothing was tried.
const last = await fetch(`http://${server.address}/api/v1/drafts`, { headers: { authorization: `Bearer ${token}` } });
if (!last.ok) console.error(`At the end the token was answered ${last.status}: ${await last.text()}`);
await server.stop();
process.exit(reading || writing || (last.ok ? 0 : 1));
