import { expect, test } from "../support/desk";
import { fits } from "../support/visit";

// From a pasted article to a draft, with and without JavaScript.

const text = [
  "Declaración conjunta",
  "",
  "Los cancilleres se reunieron el martes. México y Guatemala acordaron crear una célula operativa.",
  "Guatemala será sede de la próxima cumbre en abril. Se prevé que llueva.",
].join("\n");

test("a sentence of a pasted article becomes a draft with its quote, party and date", async ({ person }) => {
  const { page } = await person("contributor");
  await page.goto("/desk");
  await page.getByRole("link", { name: "From an article" }).click();
  await fits(page);
  await page.getByLabel("Text", { exact: true }).fill(text);
  await page.getByLabel("Address of the source").fill("https://news.example.org/celula");
  await page.getByLabel("Published on").fill("2024-02-28");
  await page.getByRole("button", { name: "Look for pledges" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("2 sentences look like pledges");
  await expect(page.locator("mark")).toHaveText([
    "México y Guatemala acordaron crear una célula operativa.",
    "Guatemala será sede de la próxima cumbre en abril.",
  ]);
  await fits(page);

  // A quote that somebody has already is compared with the text.
  await page.getByLabel("Quote, word for word").fill("México y Guatemala acordaron fundar una célula");
  await page.getByRole("button", { name: "Look for it" }).click();
  await expect(page.getByRole("status")).toContainText("The text does not have it word for word");
  await expect(page.locator("main ins")).toHaveText("fundar");

  await page.getByRole("button", { name: "Make a draft of “Guatemala será sede" }).click();
  await expect(page.getByRole("status").first()).toContainText("A draft was made");
  await fits(page);
  await expect(page.locator('[name="title.es"]')).toHaveValue("Guatemala será sede de la próxima cumbre en abril");
  await expect(page.locator('[name="parties[0].party"]')).toHaveValue("Guatemala");
  await expect(page.locator('[name="parties[0].role"]')).toHaveValue("host");
  await expect(page.locator('[name="due_on"]')).toHaveValue("2024-04");
  await expect(page.locator('[name="citations[0].quote"]')).toHaveValue("Guatemala será sede de la próxima cumbre en abril.");
});
