// Somebody at the desk: let in from the command line, signed in, with a token for programs.
import { pledgebook } from "./process.mjs";
import { Visitor } from "./http.mjs";

export const password = "tres tristes tigres";

/** Lets somebody in who chooses a password at a server; gives their visitor, which is signed in, and their e-mail address. */
export async function comeIn(binary, place, address, role, name = role) {
  const email = `${name}@example.org`;
  const told = pledgebook(binary, place, ["user", "add", "--email", email, "--name", name, "--role", role]);
  const token = /token=([\w-]+)/.exec(told)[1];
  const visitor = new Visitor(address);
  const answer = await visitor.form("/link", { token, password, password_again: password });
  if (answer.status !== 303) throw new Error(`the link of ${name} does not work: ${answer.status} ${answer.body}`);
  return { visitor, email };
}

/** Makes a token with these scopes. */
export async function makeToken(visitor, scopes) {
  const fields = { name: "measuring", days: "7", ...Object.fromEntries(scopes.map((scope) => [`scope.${scope}`, "true"])) };
  const page = await visitor.form("/desk/tokens", fields);
  const token = /pb_[\w-]{43}/.exec(page.body.toString());
  if (!token) throw new Error(`no token: ${page.status} ${page.body}`);
  return token[0];
}
