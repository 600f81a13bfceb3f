import { expect, test } from "../support/desk";
import { accessible, fits } from "../support/visit";

// From a quote to its passage in the kept copy: chosen there by an editor, and marked there for readers.

const source = "https://latamreports.com/u-s-mexico-and-guatemala-pledge-to-work-together-against-illegal-migration/";
const quote = "the creation of an operational cell among the three countries";
const copy = [
  "The three governments met in Guatemala City on Wednesday.",
  `Officials announced ${quote}, and said that Guatemala will host a regional meeting on migration to be held next April.`,
  "Mexico pledged to open two offices for labour migration within 60 days. Nobody said who pays.",
].join("\n");

test("an editor chooses a passage in a kept copy by keyboard, and a reader is led to one", async ({ person, javaScriptEnabled }) => {
  const { page } = await person("editor");
  // axe is a script itself.
  const looked = async () => (javaScriptEnabled === false ? fits(page) : accessible(page));
  await page.goto("/desk/sources");
  await page.getByLabel("Address of the source").fill(source);
  await page.getByRole("button", { name: "Fetch a copy", exact: true }).last().click();
  await page.getByLabel("Text", { exact: true }).fill(copy);
  await page.getByRole("button", { name: "Keep this text" }).click();
  await expect(page.getByRole("status")).toContainText("The copy is kept.");

  await page.goto("/desk/new");
  await page.locator('[name="title.en"]').fill("Open two offices");
  await page.locator('[name="citations[0].source.url"]').fill(source);
  await page.locator('[name="citations[0].quote"]').fill("Mexico pledged to open three offices for labour migration");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("The text does not have it word for word.")).toBeVisible();
  await expect(page.locator(".copy-failed ins")).toHaveText("three");
  await fits(page);
  await looked();

  await page.getByRole("button", { name: "Choose the passage in the copy" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose the passage");
  await fits(page);
  await looked();
  await page.getByRole("checkbox", { name: "Mexico pledged to open two offices" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Take the ticked sentences as the quote" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").first()).toContainText("The draft has the passage");
  await expect(page.locator('[name="citations[0].quote"]')).toHaveValue("Mexico pledged to open two offices for labour migration within 60 days.");
  await expect(page.locator('[name="title.en"]')).toHaveValue("Open two offices");
  await expect(page.getByText("The text has it, word for word.")).toBeVisible();

  await page.goto("/pledges/operational-cell");
  await page.getByRole("link", { name: "In the kept copy" }).first().click();
  await expect(page.locator("mark:target")).toHaveText(quote);
  await expect(page.locator("mark:target")).toBeInViewport();
  await expect(page.getByRole("note").filter({ hasText: "operational cell" }).first()).toBeVisible();
  await fits(page);
  await looked();
  // What only the draft quotes is not marked for readers.
  await expect(page.locator("mark").filter({ hasText: "two offices" })).toHaveCount(0);
});
