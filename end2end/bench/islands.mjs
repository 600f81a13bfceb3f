// What each island costs: the code that is in the WebAssembly for its sake alone, by the names of functions that the compiler
// leaves (WebAssembly specification, appendix "Custom Sections", name section).
import { readFileSync } from "node:fs";

/** The modules of `app/src/islands` that are there for one island alone. */
const MODULES = { LiveFilter: ["live_filter", "narrow"], DraftWatch: ["draft_watch", "watch"] };

const BUILT = new URL("../../target/wasm/wasm32-unknown-unknown/wasm/app.wasm", import.meta.url);

const [CUSTOM, IMPORT, CODE] = [0, 2, 10];
const FUNCTION_NAMES = 1;

/** Reads a module from its beginning to its end. */
class Reader {
  at = 8;

  constructor(bytes) {
    this.bytes = bytes;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** A number in LEB128. */
  number() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    return value;
  }

  name() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  limits() {
    if (this.number() & 1) this.number();
    this.number();
  }

  /** One import; whether it is a function. */
  isFunction() {
    this.name();
    this.name();
    const kind = this.byte();
    if (kind === 0) this.number();
    else if (kind === 1) this.byte(), this.limits();
    else if (kind === 2) this.limits();
    else this.at += 2;
    return kind === 0;
  }
}

/** The functions of a module that are not imported: how many bytes of code each has, by its name. */
function* functions(bytes) {
  const reader = new Reader(bytes);
  let imported = 0;
  const [sizes, names] = [[], new Map()];
  while (reader.at < bytes.length) {
    const [section, length] = [reader.byte(), reader.number()];
    const end = reader.at + length;
    if (section === IMPORT) {
      for (let left = reader.number(); left > 0; left--) imported += reader.isFunction() ? 1 : 0;
    } else if (section === CODE) {
      for (let left = reader.number(); left > 0; left--) {
        const size = reader.number();
        sizes.push(size);
        reader.at += size;
      }
    } else if (section === CUSTOM && reader.name() === "name") {
      while (reader.at < end) {
        const [part, length] = [reader.byte(), reader.number()];
        const next = reader.at + length;
        if (part === FUNCTION_NAMES) for (let left = reader.number(); left > 0; left--) names.set(reader.number(), reader.name());
        reader.at = next;
      }
    }
    reader.at = end;
  }
  for (const [index, size] of sizes.entries()) yield [names.get(imported + index) ?? "", size];
}

/** The bytes of code for each island alone, and for what they share, before anything is optimised or packed. */
export function islands() {
  const cost = new Map(Object.keys(MODULES).map((island) => [island, 0]));
  let shared = 0;
  for (const [name, size] of functions(readFileSync(BUILT))) {
    // A name holds the types that a function was made for, and so the island that wants it.
    const isFor = (module) => name.includes(`7islands${module.length}${module}`);
    const wanting = Object.entries(MODULES).filter(([, modules]) => modules.some(isFor));
    if (wanting.length === 1) cost.set(wanting[0][0], cost.get(wanting[0][0]) + size);
    else shared += size;
  }
  return { cost, shared };
}
