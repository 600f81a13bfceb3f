#!/usr/bin/env bash
# Measures the release binary (or the one in PLEDGEBOOK_BINARY) beside nginx on records made for it, and prints each figure with
# its target; the last run is kept in BENCHMARKS.md. Installs what is missing. Fails if a target is missed.
#
# By environment: BENCH_SIZES ("10000 100000"; BENCH_SIZES_SQLITE and BENCH_SIZES_POSTGRES for one engine), BENCH_ENGINES
# ("sqlite postgres"), BENCH_ROUNDS (5), BENCH_SECONDS (5), BENCH_THREADS (1) and BENCH_CONNECTIONS (32) of wrk, BENCH_LIGHTHOUSE
# (0 leaves it out), BENCH_OUTPUT (BENCHMARKS.md), BENCH_RECORDS (a folder where large records stay for the next run, which on
# PostgreSQL must be with the same server, PLEDGEBOOK_TEST_POSTGRES_URL).
# The full run: BENCH_SIZES="10000 1000000" make bench
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
BENCH_BINARY=$(realpath "${PLEDGEBOOK_BINARY:-$root/target/release/pledgebook}")
BENCH_OUTPUT=$(realpath -m "${BENCH_OUTPUT:-$root/BENCHMARKS.md}")
if [ -n "${BENCH_RECORDS:-}" ]; then BENCH_RECORDS=$(realpath -m "$BENCH_RECORDS"); fi
export BENCH_BINARY BENCH_OUTPUT BENCH_RECORDS
cd "$root/end2end"
. "$root/.ci/debian.sh"
export PATH=$PATH:/usr/sbin

need node "Node.js for the benchmark" nodejs
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "the benchmark needs Node.js 20 or newer; this is $(node --version)"
need nginx "nginx, with which the server is compared" nginx
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] ||
  apt_install "nginx's module for files packed in advance" libnginx-mod-http-brotli-static
need wrk "wrk, which asks both" wrk
need psql "PostgreSQL's client" postgresql-client
need npm "npm for Lighthouse" npm
need chromium "Chromium for Lighthouse" chromium fonts-dejavu-core
if [ ! -d node_modules/lighthouse ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say "Installing Lighthouse; under a minute"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent
fi

# What is set for another server stays out of it; but for the PostgreSQL of the tests, if there is one.
for name in DATABASE_URL "${!PLEDGEBOOK_@}"; do [ "$name" = PLEDGEBOOK_TEST_POSTGRES_URL ] || unset "$name"; done
say "Measuring; about twenty minutes, and some hours at a million pledges"
exec "$root/server/store/with-postgres.sh" node bench/main.mjs
