import { expect, fillIn, test, title } from "../support/desk";

// What moves around a draft, where there is JavaScript.

test("who types a title is shown pledges that look alike", async ({ person }) => {
  const { page } = await person("contributor");
  await page.goto("/desk/new");
  await page.getByLabel("Title (English)", { exact: true }).pressSequentially("Guatemala to host the ministerial in April 2024", { delay: 5 });
  const alike = page.locator("#watch-similar");
  await expect(alike).toContainText("Guatemala to host the Declaration’s ministerial");
  await expect(alike.getByRole("link").first()).toHaveAttribute("target", "_blank");
});

test("who opens a draft learns who else has it open, and that it was saved since", async ({ person }) => {
  const [first, second] = [await person("editor"), await person("editor")];
  await first.page.goto("/desk/new");
  await fillIn(first.page, title("Open twice"));
  await first.page.getByRole("button", { name: "Save draft" }).click();
  await second.page.goto(first.page.url().split("?")[0]);
  await expect(second.page.locator("main")).toContainText(`${first.name} also has this open`);
  await first.page.getByLabel("Title (Spanish)").fill("Abierto dos veces");
  await first.page.getByRole("button", { name: "Save draft" }).click();
  // The second one's page asks when it wakes.
  await second.page.getByLabel("Title (Spanish)").focus();
  await expect(second.page.locator("#watch-presence")).toContainText("Somebody has saved this since");
});
