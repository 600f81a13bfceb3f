import { expect, fillIn, signIn, test, title } from "../support/desk";
import { fits } from "../support/visit";

// The editors' side, with and without JavaScript, on a phone and on a desktop.

test("the founding article becomes two pledges, reviewed and published together", async ({ person }) => {
  const editor = await person("editor");
  const [cell, summit] = [title("Set up an operational cell"), title("Host the summit in April")];
  for (const [name, due] of [[cell, undefined], [summit, "2024-04"]] as const) {
    await editor.page.goto("/desk/new");
    await fits(editor.page);
    await fillIn(editor.page, name, { due });
    await editor.page.getByRole("button", { name: "Send for review" }).click();
    await expect(editor.page.getByRole("status").first()).toContainText("Handed in");
    await fits(editor.page);
    // Their own work is for somebody else to judge.
    await expect(editor.page.getByRole("button", { name: "Approve and publish" })).toHaveCount(0);
  }

  const reviewer = await person("reviewer");
  await reviewer.page.goto("/desk");
  await fits(reviewer.page);
  await reviewer.page.getByLabel(`Choose “${cell}”`).check();
  await reviewer.page.getByLabel(`Choose “${summit}”`).check();
  await reviewer.page.getByRole("button", { name: "Approve the chosen ones" }).click();
  await expect(reviewer.page.getByRole("status").first()).toContainText("Published");

  await editor.page.goto(`/pledges?q=${encodeURIComponent(`"${summit}"`)}`);
  await editor.page.getByRole("link", { name: summit }).click();
  await expect(editor.page.getByRole("heading", { level: 1 })).toHaveText(summit);
  await expect(editor.page.locator("main")).toContainText("crearán una célula operativa");
  await expect(editor.page.locator("main")).not.toContainText(editor.name);
});

test("a change of status goes from the form to the public page", async ({ person }) => {
  const editor = await person("editor");
  await editor.page.goto("/desk/pledges?q=secretariat");
  await editor.page.goto("/desk/pledges/operational-cell/status");
  await fits(editor.page);
  const why = title("They met");
  await editor.page.getByRole("radio", { name: /In progress/ }).check();
  await editor.page.getByLabel("In effect from").fill("2024-05-08");
  await editor.page.getByLabel("What happened, and why this status (English)").fill(why);
  // Without evidence it is not handed in, and nothing typed is lost.
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  await expect(editor.page.getByRole("alert")).toContainText("needs at least one source");
  await fits(editor.page);
  await expect(editor.page.getByLabel("What happened, and why this status (English)")).toHaveValue(why);
  await editor.page.getByText("Searched, nothing found: where").first().click();
  await editor.page.locator('[name="searched.en"]').fill("The gazettes of 2024.");
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  const draft = editor.page.url();

  const reviewer = await person("reviewer");
  await reviewer.page.goto(draft);
  await fits(reviewer.page);
  await expect(reviewer.page.locator("main")).toContainText(why);
  await reviewer.page.getByRole("button", { name: "Approve and publish" }).click();
  await reviewer.page.getByRole("link", { name: "See its public page" }).click();
  await expect(reviewer.page.locator("main")).toContainText(why);
});

test("the second to save sees both versions side by side", async ({ person }) => {
  const [first, second] = [await person("editor"), await person("editor")];
  const name = title("Written by two");
  await first.page.goto("/desk/new");
  await fillIn(first.page, name);
  await first.page.getByRole("button", { name: "Save draft" }).click();
  await second.page.goto(first.page.url().split("?")[0]);
  await first.page.getByLabel("Summary, in our words (English)").fill("The first one’s summary.");
  await first.page.getByLabel("Made on").first().fill("2024-02-27");
  await first.page.getByRole("button", { name: "Save draft" }).click();
  await second.page.getByLabel("Summary, in our words (English)").fill("The second one’s summary.");
  await second.page.getByLabel("Title (Spanish)").fill("Escrito por dos");
  await second.page.getByRole("button", { name: "Save draft" }).click();
  await expect(second.page.getByRole("heading", { level: 1 })).toHaveText("Somebody else saved this first");
  await fits(second.page);
  await expect(second.page.locator("main")).toContainText("The first one’s summary.");
  await second.page.getByLabel("What it should say").fill("Both summaries.");
  await second.page.getByRole("button", { name: "Save both together" }).click();
  await expect(second.page.getByLabel("Summary, in our words (English)")).toHaveValue("Both summaries.");
  await expect(second.page.getByLabel("Made on").first()).toHaveValue("2024-02-27");
  await expect(second.page.getByLabel("Title (Spanish)")).toHaveValue("Escrito por dos");
});

test("a session that ends while somebody writes loses nothing", async ({ person }) => {
  const editor = await person("editor");
  const name = title("Written late at night");
  await editor.page.goto("/desk/new");
  await fillIn(editor.page, name);
  await editor.context.clearCookies();
  await editor.page.getByRole("button", { name: "Save draft" }).click();
  await expect(editor.page.locator("main")).toContainText("Your session has ended");
  await fits(editor.page);
  await signIn(editor);
  await editor.page.getByRole("button", { name: "Continue" }).click();
  await expect(editor.page.getByLabel("Title (English)", { exact: true })).toHaveValue(name);
  await expect(editor.page.locator('[name="citations[0].quote"]')).toHaveValue("crearán una célula operativa");
});

test("a translation lags behind once its original is changed, and readers are told", async ({ person }) => {
  const [editor, reviewer] = [await person("editor"), await person("reviewer")];
  const [english, spanish] = [title("Open an office"), title("Abrir una oficina")];
  const approve = async () => {
    await reviewer.page.goto(editor.page.url());
    await fits(reviewer.page);
    await reviewer.page.getByRole("button", { name: "Approve and publish" }).click();
  };
  await editor.page.goto("/desk/new");
  await fillIn(editor.page, english);
  await editor.page.getByLabel("Title (Spanish)").fill(spanish);
  await editor.page.getByLabel("Original of the title").selectOption("en");
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  await approve();
  await reviewer.page.getByRole("link", { name: "See its public page" }).click();
  const slug = new URL(reviewer.page.url()).pathname.split("/").pop();
  await editor.page.goto(`/es/pledges/${slug}`);
  await fits(editor.page);
  await expect(editor.page.locator("main")).toContainText("Traducción del inglés");
  await expect(editor.page.locator("main")).not.toContainText("Desactualizada");

  await editor.page.goto(`/desk/pledges/${slug}/edit`);
  await fits(editor.page);
  await editor.page.getByLabel("Title (English)").fill(`${english}, and staff it`);
  await editor.page.getByLabel("Reason (English)").fill("The statement says more.");
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  await expect(editor.page.locator("main")).toContainText("readers are told that these translations lag behind");
  await approve();
  await editor.page.goto(`/es/pledges/${slug}`);
  await fits(editor.page);
  await expect(editor.page.locator("main")).toContainText("Desactualizada: el original cambió el");
  await editor.page.getByRole("link", { name: "Traducción del inglés" }).click();
  await expect(editor.page.getByRole("heading", { level: 1 })).toHaveText(`${english}, and staff it`);

  await editor.page.goto(`/desk/pledges/${slug}/edit`);
  await expect(editor.page.locator("main")).toContainText("Title (Spanish): original changed on");
  await editor.page.getByLabel("The translation of the title is still right").check();
  await editor.page.getByLabel("Reason (English)").fill("It says the same.");
  await editor.page.getByRole("button", { name: "Send for review" }).click();
  await approve();
  await editor.page.goto(`/es/pledges/${slug}`);
  await expect(editor.page.locator("main")).toContainText("Traducción del inglés");
  await expect(editor.page.locator("main")).not.toContainText("Desactualizada");
});

test("the desk speaks Spanish", async ({ person }) => {
  const editor = await person("editor");
  for (const [path, heading] of [["/es/desk", "Pendientes"], ["/es/desk/new", "Nuevo compromiso"], ["/es/desk/pledges/april-summit/status", "Registrar un cambio de estado"]]) {
    await editor.page.goto(path);
    await fits(editor.page);
    await expect(editor.page.getByRole("heading", { level: 1 })).toHaveText(heading);
  }
});
