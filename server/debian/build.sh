#!/usr/bin/env bash
# Builds the Debian package of the release binary, which is there already: target/debian/pledgebook_VERSION_ARCHITECTURE.deb
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/debian.sh

WANTED=3.8.0
TOOLS=$PWD/target/tools
if [ "$("$TOOLS/bin/cargo-deb" --version 2>/dev/null)" != "cargo-deb $WANTED" ]; then
  say "Installing cargo-deb $WANTED; about three minutes"
  cargo install --quiet --locked --root "$TOOLS" --version $WANTED --no-default-features cargo-deb
fi
need dpkg-shlibdeps "the Debian package" dpkg-dev
file=$("$TOOLS/bin/cargo-deb" deb --package server --no-build --output target/debian/ | tail -n 1)
say "Built $file"
