import { execFileSync } from "node:child_process";
import { expect, test as base, type Browser, type BrowserContext, type Page } from "@playwright/test";

import { binary, deskAddress, deskRecord } from "./places";
import { tabTo } from "./keyboard";
import { open } from "./visit";

const password = "tres tristes tigres";

/** Somebody at the desk, in a browser of their own. */
export interface Person {
  name: string;
  email: string;
  context: BrowserContext;
  page: Page;
}

/** What the browser itself says: of an answer's status, and where somebody has begun to type before the page gave its first field the focus. */
const said = /status of (401|409|422)|^Autofocus processing was blocked/;

/** Tests at the desk: a page that writes something to the console fails them. */
export const test = base.extend<{ person: (role: string) => Promise<Person> }>({
  baseURL: `http://${deskAddress}`,
  person: async ({ browser, contextOptions, baseURL, viewport, javaScriptEnabled }, use) => {
    const people: Person[] = [];
    const noise: string[] = [];
    await use(async (role) => {
      const person = await comeIn(browser, role, { ...contextOptions, baseURL, viewport, javaScriptEnabled });
      person.page.on("console", (message) => {
        if (!said.test(message.text())) noise.push(`${message.type()}: ${message.text()}`);
      });
      person.page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
      people.push(person);
      return person;
    });
    for (const person of people) await person.context.close();
    expect(noise).toEqual([]);
  },
});

export { expect };

let count = 0;

/** Invites somebody from the command line and lets them choose their password. */
async function comeIn(browser: Browser, role: string, options: object): Promise<Person> {
  const name = `${role}-${process.pid}-${++count}`;
  const email = `${name}@example.org`;
  const told = execFileSync(binary, ["--data-dir", deskRecord, "--log", "warn", "user", "add", "--email", email, "--name", name, "--role", role], {
    encoding: "utf8",
  });
  const token = /token=([\w-]+)/.exec(told)![1];
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await open(page, `/link?token=${token}`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("The same password again").fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Queue");
  return { name, email, context, page };
}

/** Signs in on the page that asks for it. */
export async function signIn(person: Person) {
  await person.page.getByLabel("E-mail address").fill(person.email);
  await person.page.getByLabel("Password", { exact: true }).fill(password);
  await person.page.getByRole("button", { name: "Sign in" }).click();
}

/** The same without a mouse. */
export async function signInByKeyboard({ page, email }: Person) {
  await tabTo(page, "E-mail address");
  await page.keyboard.type(email);
  await tabTo(page, "Password");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

/** A title that no other run has. */
export function title(words: string) {
  return `${words} ${process.pid}-${Date.now().toString(36)}-${++count}`;
}

/** Fills in the least that a new pledge needs. */
export async function fillIn(page: Page, title: string, more: { due?: string } = {}) {
  await page.getByLabel("Title (English)", { exact: true }).fill(title);
  await page.getByLabel("Summary, in our words (English)").fill("What the article says of it.");
  await page.getByLabel("Made on").first().fill("2024-02-28");
  if (more.due) await page.locator('[name="due_on"]').fill(more.due);
  await page.locator('[name="parties[0].party"]').fill("Guatemala");
  await page.locator('[name="parties[0].role"]').selectOption("host");
  await page.locator('[name="citations[0].source.url"]').fill("https://news.example.org/trilateral");
  await page.locator('[name="citations[0].source.title"]').fill("Crean célula operativa");
  await page.locator('[name="citations[0].source.publisher"]').fill("Diario Ejemplo");
  await page.locator('[name="citations[0].source.language"]').fill("es");
  await page.locator('[name="citations[0].quote"]').fill("crearán una célula operativa");
}
