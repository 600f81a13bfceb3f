// The report: tables, each row with its target and whether it is held; printed, and kept in BENCHMARKS.md.
import { writeFileSync } from "node:fs";

/** Rows of cells. A row whose target is missed has `held: false`; one without a target has none. */
export class Report {
  #parts = [];
  #missed = [];

  text(text) {
    this.#say(`\n${text}\n`);
  }

  list(things) {
    this.#say(Object.entries(things).map(([name, value]) => `- ${name}: ${value}\n`).join(""));
  }

  /** A table: its title, the names of its columns, its rows as `{ cells, held }`. */
  table(title, columns, rows) {
    const verdict = ({ held }) => (held === undefined ? "" : held ? "held" : "**missed**");
    const line = (cells) => `| ${cells.join(" | ")} |\n`;
    this.#say(`\n## ${title}\n\n${line([...columns, "target"])}|---|${"---:|".repeat(columns.length - 1)}---|\n`);
    for (const row of rows) {
      this.#say(line([...row.cells, [row.target ?? "", verdict(row)].filter(Boolean).join(": ")]));
      if (row.held === false) this.#missed.push(`${title}: ${row.cells[0]}`);
    }
  }

  #say(text) {
    process.stdout.write(text);
    this.#parts.push(text);
  }

  /** Writes it down, and tells which targets are missed. */
  end(file) {
    const verdict = this.#missed.length === 0 ? "Every target is held." : `Missed:\n\n${this.#missed.map((missed) => `- ${missed}`).join("\n")}`;
    this.text(verdict);
    writeFileSync(file, `# Benchmarks\n\nThe last run of \`make bench\`, written by it. Do not edit.\n${this.#parts.join("")}`);
    return this.#missed;
  }
}
