import { defineConfig } from "@playwright/test";

import { binary, deskAddress, deskRecord } from "./support/places";

// The ports are not the usual one, so that a server that somebody has running stays out of it.
const address = "127.0.0.1:3999";
const record = "test-results/record";

function serve(address: string, record: string) {
  const command = `${binary} --log warn --data-dir ${record}`;
  return {
    command: `rm -rf ${record} && ${command} migrate && ${command} example && exec ${command} serve --no-capture --listen ${address}`,
    url: `http://${address}/readyz`,
    timeout: 30_000,
    stdout: "ignore" as const,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 5_000 },
  };
}

const chromium = {
  browserName: "chromium" as const,
  launchOptions: {
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};
const phone = { width: 375, height: 740 };
const desktop = { width: 1280, height: 900 };

// Every test runs with and without JavaScript, on a phone and on a desktop; but islands need it, and so does axe itself.
const island = /(\.island|accessible)\.spec\.ts/;

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results/output",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [["list"]],
  use: { baseURL: `http://${address}`, locale: "en-US", timezoneId: "UTC" },
  projects: [
    { name: "phone", use: { ...chromium, viewport: phone } },
    { name: "desktop", use: { ...chromium, viewport: desktop } },
    { name: "phone-no-js", testIgnore: island, use: { ...chromium, viewport: phone, javaScriptEnabled: false } },
    { name: "desktop-no-js", testIgnore: island, use: { ...chromium, viewport: desktop, javaScriptEnabled: false } },
  ],
  // One record that readers read, and one that editors change.
  webServer: [serve(address, record), serve(deskAddress, deskRecord)],
});
