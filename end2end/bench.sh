#!/usr/bin/env bash
# Measures the pages with Lighthouse as a phone sees them: installs the browser and Lighthouse if they are missing, starts the
# release binary (or the one in PLEDGEBOOK_BINARY) on a fresh record, prints a table, fails below the target.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
. "$root/.ci/debian.sh"

need node "Node.js for Lighthouse" nodejs
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Lighthouse needs Node.js 20 or newer; this is $(node --version)"
need npm "npm for Lighthouse" npm
need chromium "Chromium for Lighthouse" chromium fonts-dejavu-core
if [ ! -d node_modules/lighthouse ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say "Installing Lighthouse; under a minute"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent
fi

binary=${PLEDGEBOOK_BINARY:-$root/target/release/pledgebook}
# The measurement brings its own record and port; what is set for another server stays out of it.
unset DATABASE_URL "${!PLEDGEBOOK_@}"
address=127.0.0.1:3998
record=$(mktemp -d)
"$binary" --log warn --data-dir "$record" migrate >/dev/null
"$binary" --log warn --data-dir "$record" example >/dev/null
"$binary" --log warn --data-dir "$record" serve --listen "$address" >/dev/null &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$record"' EXIT
say "Measuring four pages with Lighthouse; about two minutes"
node lighthouse.mjs "http://$address"
