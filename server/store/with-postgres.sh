#!/usr/bin/env bash
# Runs a command with a PostgreSQL to test on: the one in PLEDGEBOOK_TEST_POSTGRES_URL, else a throw-away cluster.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/.ci/debian.sh"

if [ -n "${PLEDGEBOOK_TEST_POSTGRES_URL:-}" ]; then exec "$@"; fi
if ! command -v pg_virtualenv >/dev/null || [ -z "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ]; then
  apt_install "PostgreSQL for the tests" postgresql postgresql-common
fi
# In a temporary directory even for root: what an earlier run left behind when it was killed is in nobody's way.
exec pg_virtualenv -t -o max_connections=300 -o fsync=off -o log_min_messages=fatal "$@"
