# Every verb of the project. `make run` and `make test` set up what is missing; both are quick when nothing changed.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BINARY := target/release/pledgebook
export PLEDGEBOOK_DATA_DIR ?= $(CURDIR)/data

say = printf '\033[1m==>\033[0m %s\n' $(1) >&2

.PHONY: help
help: ## List these verbs
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: run
run: build ## Build, load the example record on first start, and serve it at http://127.0.0.1:3000
	@$(BINARY) --log warn migrate
	@$(BINARY) --log warn example
	@exec $(BINARY) serve

.PHONY: build
build: compiler wasm ## Build the one self-contained binary: target/release/pledgebook
	@$(call say,"Building the release binary; about fifteen minutes the first time on two cores")
	@cargo build --release --locked --package server
	@$(call say,"Built $(BINARY)")

.PHONY: dev
dev: compiler wasm ## Build, serve, and do both again whenever a file changes
	@.ci/dev.sh

.PHONY: wasm
wasm: compiler
	@app/wasm.sh

.PHONY: test
test: lint test-rust test-api test-browser ## Run every test: formatting, lints, Rust on both databases, the API, the browser
	@$(call say,"All tests passed")

.PHONY: lint
lint: compiler ## Check formatting, lints and documentation
	@$(call say,"Checking formatting and lints; about five minutes the first time")
	@cargo fmt --all --check
	@cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
	@cargo clippy --quiet --locked --package app --no-default-features --features hydrate --lib -- -D warnings
	@! cargo tree --locked --package server --edges features,no-dev | grep 'capture feature "testing"'
	@RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --workspace --no-deps --document-private-items

.PHONY: test-rust
test-rust: compiler wasm ## Test the crates, on SQLite and PostgreSQL
	@$(call say,"Testing the crates on SQLite and PostgreSQL; about five minutes the first time")
	@. .ci/debian.sh; PATH=$$PATH:/usr/sbin need nginx "nginx for the test of two servers" nginx
	@server/store/with-postgres.sh cargo test --quiet --locked --workspace

# The binary that the API and the browser are tested with: a debug build, which stops at what a release would let pass (an
# overflow, an assertion), and not the one that the crates' tests made, which may fetch from this machine.
.PHONY: build-debug
build-debug: compiler wasm
	@$(call say,"Building the debug binary; about three minutes the first time")
	@cargo build --quiet --locked --workspace --bins

.PHONY: test-api
test-api: build-debug ## Ask the API whatever its description allows, and what it does not
	@end2end/schemathesis.sh

.PHONY: test-browser
test-browser: build-debug ## Walk through the site in Chromium, with and without JavaScript
	@end2end/run.sh

.PHONY: bench
bench: build ## Measure beside nginx, from small records to large, and with Lighthouse; writes BENCHMARKS.md
	@end2end/bench.sh

.PHONY: deb
deb: build ## Build the Debian package: target/debian/pledgebook_*.deb
	@server/debian/build.sh

.PHONY: test-deb
test-deb: deb ## Install, upgrade and remove the Debian package in a throw-away root; needs root
	@server/debian/check.sh

.PHONY: compiler
compiler:
	@.ci/compiler.sh

.PHONY: clean
clean: ## Remove everything built; the record in data/ stays
	@cargo clean
	@rm -rf end2end/node_modules end2end/test-results
