#!/usr/bin/env bash
# Walks through the site in Chromium as its readers do: installs the browser and Playwright if they are missing, starts the
# binary (PLEDGEBOOK_BINARY, or that of a debug build) on a fresh record, runs the tests.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
BINARY=$(realpath "${PLEDGEBOOK_BINARY:-$root/target/debug/pledgebook}")
export BINARY
cd "$root/end2end"
. "$root/.ci/debian.sh"

need node "Node.js for the browser tests" nodejs
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Playwright needs Node.js 20 or newer; this is $(node --version)"
need npm "npm for the browser tests" npm
need chromium "Chromium for the browser tests" chromium fonts-dejavu-core
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say "Installing Playwright; seconds"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent
fi
# The tests bring their own record and port; what is set for another server stays out of it.
unset DATABASE_URL "${!PLEDGEBOOK_@}"
say "Walking through the site in Chromium; about six minutes"
exec npx playwright test "$@"
