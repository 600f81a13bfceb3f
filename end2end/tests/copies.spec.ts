import { expect, test } from "../support/desk";
import { fits } from "../support/visit";

// No test leaves this machine: the server fetches nothing here, so what waits keeps waiting, and copies are handed in.

test("an editor hands in a copy of a source that can't be fetched, and reads it", async ({ person }) => {
  const editor = await person("editor");
  const { page } = editor;
  await page.goto("/desk/sources");
  const url = `https://example.org/${editor.name}`;
  await page.getByLabel("Address of the source").fill(url);
  await page.getByRole("button", { name: "Fetch a copy", exact: true }).last().click();
  await expect(page.getByRole("status")).toContainText("A copy will be fetched");
  await expect(page.getByText("A copy waits to be fetched.")).toBeVisible();

  await page.getByRole("button", { name: "Keep this text" }).click();
  await expect(page.getByRole("alert")).toContainText("Text");
  await page.getByLabel("Text", { exact: true }).fill("The ministers agreed to meet.\n<script>document.title = 'acted'</script>\nIn April.");
  await page.getByRole("button", { name: "Keep this text" }).click();
  await expect(page.getByRole("status")).toContainText("The copy is kept.");
  await fits(page);
  await page.getByRole("link", { name: "Read the text" }).click();
  await expect(page.getByText("The ministers agreed to meet.")).toBeVisible();
  await expect(page).not.toHaveTitle("acted");

  await page.goto("/desk/sources?state=kept");
  await expect(page.getByRole("link", { name: url })).toBeVisible();
  await fits(page);
});
