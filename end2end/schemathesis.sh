#!/usr/bin/env bash
# Lets schemathesis ask the API whatever its own description allows, and what it does not, with a token that may do everything:
# no answer of 500 and above, and none that the description does not know. Installs it if it is missing; takes
# PLEDGEBOOK_BINARY (that of a debug build), SCHEMATHESIS_SECONDS (40) and SCHEMATHESIS_SEED.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
BINARY=$(realpath "${PLEDGEBOOK_BINARY:-$root/target/debug/pledgebook}")
export BINARY
cd "$root/end2end"
. "$root/.ci/debian.sh"

version=4.32.5
tools=$root/target/tools/schemathesis
need node "Node.js for the tests of the API" nodejs
need python3 "Python for the tests of the API" python3 python3-venv
python3 -c 'import ensurepip' 2>/dev/null || apt_install "Python for the tests of the API" python3-venv
if [ "$(cat "$tools/version" 2>/dev/null)" != "$version" ]; then
  say "Installing schemathesis $version; under a minute"
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
  echo "$version" >"$tools/version"
fi
unset DATABASE_URL "${!PLEDGEBOOK_@}"
say "Asking the API whatever its description allows; ${SCHEMATHESIS_SECONDS:-40} seconds"
SCHEMATHESIS=$tools/bin/st exec node schemathesis.mjs
