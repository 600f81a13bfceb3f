// A server of the example record, a token that may do everything, and schemathesis.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { comeIn, makeToken } from "./support/editor.mjs";
import { pledgebook, serve } from "./support/process.mjs";

const { BINARY: binary, SCHEMATHESIS: schemathesis, SCHEMATHESIS_SECONDS: seconds = "20" } = process.env;
const folder = mkdtempSync(join(tmpdir(), "pledgebook-schemathesis-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const place = ["--data-dir", folder];
pledgebook(binary, place, ["migrate"]);
pledgebook(binary, place, ["example"]);
const server = await serve(binary, place);
const { visitor } = await comeIn(binary, place, server.address, "reviewer");
const token = await makeToken(visitor, ["draft", "check", "review"]);
visitor.close();

const asking = spawn(
  schemathesis,
  [
    ...["run", `http://${server.address}/api/v1/openapi.json`, "--header", `Authorization: Bearer ${token}`],
    ...["--max-time", seconds, "--generation-allow-x00", "true", "--continue-on-failure", "--no-color"],
    // Which parameters go together, and what is left of a draft, a description can't say: such requests are refused.
    ...["--exclude-checks", "positive_data_acceptance", "--warnings", "off"],
  ],
  { cwd: folder, stdio: "inherit" },
);
const code = await new Promise((done) => asking.on("exit", done));
await server.stop();
process.exit(code ?? 1);
