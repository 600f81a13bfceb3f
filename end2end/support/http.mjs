// HTTP as a program speaks it: one connection that is kept open, no redirect followed, cookies where asked.
import { Agent, request } from "node:http";

export class Visitor {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cookie = "";

  constructor(address) {
    this.address = address;
  }

  get(path, headers = {}) {
    return this.send("GET", path, headers);
  }

  /** Sends a form as a page of the site does; the cookies that come back are kept. */
  async form(path, fields) {
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
    const answer = await this.send("POST", path, headers, new URLSearchParams(fields).toString());
    for (const cookie of answer.headers["set-cookie"] ?? []) this.cookie = cookie.split(";")[0];
    return answer;
  }

  /** Sends JSON with a token. */
  api(method, path, token, content, headers = {}) {
    const body = content === undefined ? undefined : JSON.stringify(content);
    return this.send(method, path, { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers }, body);
  }

  /** Sends a request. `milliseconds` is how long it took until the last byte of the answer. */
  send(method, path, headers, body) {
    const [host, port] = this.address.split(":");
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const all = { host: this.address, ...(this.cookie && !headers.authorization && { cookie: this.cookie }), ...length, ...headers };
    return new Promise((done, failed) => {
      const begun = performance.now();
      const sent = request({ host, port, method, path, headers: all, agent: this.#agent, timeout: 60_000 }, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("error", failed);
        answer.on("end", () => {
          const milliseconds = performance.now() - begun;
          done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts), milliseconds });
        });
      });
      sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer`)));
      sent.on("error", failed);
      sent.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}
