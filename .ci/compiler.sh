#!/usr/bin/env bash
# Makes sure that there is a Rust new enough, and a C compiler for the bundled SQLite; or says in one line what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/debian.sh

wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
command -v cargo >/dev/null || die "Rust $wanted or newer is needed: https://rustup.rs"
have=$(rustc --version | cut -d' ' -f2)
[ "$(printf '%s\n%s\n' "$wanted" "$have" | sort -V | head -n 1)" = "$wanted" ] || die "Rust $wanted or newer is needed, this is $have: rustup update"
# Recommended packages are not installed, so the headers are named too.
need cc "the C compiler for SQLite" gcc libc6-dev
