#!/usr/bin/env bash
# Builds the browser half of the app (its islands) into target/site/pkg: WebAssembly and the script that loads it.
# Sets up the WebAssembly target by itself: the active toolchain's, else rustup's, else Debian's compiler.
# A second run does nothing that is not needed.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/debian.sh

TARGET=wasm32-unknown-unknown
TOOLS=$PWD/target/tools
SYSROOT=$PWD/target/wasm-sysroot
PKG=$PWD/target/site/pkg
WASM_DIR=$PWD/target/wasm
mkdir -p "$TOOLS" "$PKG"

export CARGO_TARGET_DIR=$WASM_DIR
CARGO=cargo

has_target() { [ -n "$(find "$(rustc --print target-libdir --target $TARGET)" -name 'libstd-*.rlib' 2>/dev/null)" ]; }

# Debian's compiler can target WebAssembly once its own standard library is built for it.
use_debian_compiler() {
  if ! dpkg -s rustc-web cargo-web rust-web-src >/dev/null 2>&1; then
    apt_install "the WebAssembly compiler" rustc-web cargo-web rust-web-src
  fi
  local rustc; rustc=$(dpkg -L rustc-web | grep -E '^/usr/bin/rustc')
  CARGO=$(dpkg -L cargo-web | grep -E '^/usr/bin/cargo')
  [ -x "$rustc" ] && [ -x "$CARGO" ] || die "Debian's rustc-web has no rustc (looked for $rustc)"
  local lld; lld=$(find /usr/bin -name 'wasm-ld-*' | sort -V | tail -n 1)
  if [ -z "$lld" ]; then
    local package; package=$(apt-cache search --names-only '^lld-[0-9]+$' | cut -d' ' -f1 | sort -V | tail -n 1)
    apt_install "the WebAssembly linker" "${package:-lld}"
    lld=$(find /usr/bin -name 'wasm-ld*' | sort -V | tail -n 1)
  fi
  export RUSTC=$rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$lld
  local version; version=$("$rustc" -vV)
  if [ "$(cat "$SYSROOT/version" 2>/dev/null)" != "$version" ]; then
    say "Building the standard library for WebAssembly; once per compiler, about a minute"
    rm -rf "$SYSROOT"; mkdir -p "$SYSROOT/empty/src"
    : > "$SYSROOT/empty/src/lib.rs"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\nopt-level = "s"\npanic = "abort"\n[workspace]\n' > "$SYSROOT/empty/Cargo.toml"
    # embed-bitcode: without it the link-time optimisation of the app finds no bitcode in std.
    ( cd "$SYSROOT/empty" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$SYSROOT/build \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Cembed-bitcode=yes" \
        "$CARGO" build --quiet --release -Z build-std=std,panic_abort --target $TARGET )
    local lib=$SYSROOT/lib/rustlib/$TARGET/lib
    mkdir -p "$lib"
    find "$SYSROOT/build/$TARGET/release/deps" -name '*.rlib' ! -name 'libempty-*' -exec cp {} "$lib" \;
    rm -rf "$SYSROOT/build" "$SYSROOT/empty"
    printf '%s\n' "$version" > "$SYSROOT/version"
  fi
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--sysroot=$SYSROOT"
}

if [ "${PLEDGEBOOK_WASM_COMPILER:-}" = debian ]; then
  # For trying the third way where the first would do.
  use_debian_compiler
elif ! has_target; then
  if [ "$(cat "$TOOLS/rustup-refused" 2>/dev/null)" != "$(rustc -vV)" ] && command -v rustup >/dev/null; then
    say "Adding the WebAssembly target with rustup; a minute or two where it can download"
    timeout 300 rustup target add $TARGET >/dev/null 2>&1 || { rustc -vV > "$TOOLS/rustup-refused"; say "rustup cannot download here; using Debian's compiler instead"; }
  fi
  has_target || use_debian_compiler
fi

# wasm-bindgen must have exactly the version of the crate.
bindgen_version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
bindgen=$TOOLS/bin/wasm-bindgen
if [ "$("$bindgen" --version 2>/dev/null)" != "wasm-bindgen $bindgen_version" ]; then
  say "Building wasm-bindgen $bindgen_version; once, about three minutes"
  env -u RUSTC -u CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS CARGO_TARGET_DIR=$TOOLS/build \
    cargo install --quiet --force wasm-bindgen-cli --version "$bindgen_version" --root "$TOOLS"
  rm -rf "$TOOLS/build"
fi

# Names that hold the types that a function was made for: `make bench` tells by them what each island costs.
CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-} -Csymbol-mangling-version=v0"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
say "Building the browser half; about a minute the first time"
"$CARGO" build --quiet --locked --lib --package app --profile wasm --target $TARGET --no-default-features --features hydrate
built=$WASM_DIR/$TARGET/wasm/app.wasm

if [ "$built" -nt "$PKG/app_bg.wasm" ] || [ "$bindgen" -nt "$PKG/app_bg.wasm" ]; then
  out=$(mktemp -d "$PWD/target/bindgen.XXXXXX")
  "$bindgen" --target web --no-typescript --out-name app --out-dir "$out" "$built"
  if command -v npm >/dev/null; then
    optimiser=$TOOLS/node_modules/.bin/wasm-opt
    [ -x "$optimiser" ] || { say "Fetching wasm-opt (npm package binaryen); once, seconds"; npm install --silent --no-fund --no-audit --no-save --prefix "$TOOLS" binaryen@132; }
    "$optimiser" -Oz --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
      --enable-reference-types --enable-multivalue "$out/app_bg.wasm" -o "$out/app_bg.wasm"
  else
    say "Node.js is missing: skipping wasm-opt, the WebAssembly will be larger than it need be"
  fi
  # Move, so that a build which reads the folder never sees half a file.
  mv "$out/app.js" "$PKG/app.js"; mv "$out/app_bg.wasm" "$PKG/app_bg.wasm"; rm -rf "$out"
  say "WebAssembly: $(wc -c < "$PKG/app_bg.wasm") bytes"
fi
