#!/usr/bin/env bash
# Serves the record from a debug build and starts anew whenever a source file changes.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/debian.sh

watched=(app server/src server/store/src server/example server/build.rs migrations/src style Cargo.toml)
server=
stop() { [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }; server=; }
trap stop EXIT

while true; do
  if app/wasm.sh && cargo build --package server; then
    stop
    target/debug/pledgebook --log warn migrate
    target/debug/pledgebook --log warn example
    target/debug/pledgebook serve & server=$!
  else
    say "The build failed; what ran before keeps running. Waiting for a change."
  fi
  mark=$(mktemp)
  until [ -n "$(find "${watched[@]}" -newer "$mark" -type f -print -quit)" ]; do sleep 0.5; done
  rm -f "$mark"
  say "Something changed; building again"
done
