# The targets of Keyturn. Each does its own set-up on a fresh Debian with Rust and Node.js 20.

SHELL := /bin/bash
.NOTPARALLEL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PATH := $(HOME)/.cargo/bin:$(PATH)

# One selection of packages and features for tests, lints and benchmarks: a second one would compile
# half of the dependencies again. `webdriver` lets a driver steer the hardened window (see SECURITY.md).
TESTED := --workspace --features keyturn-desktop/webdriver
# The suites that need a desktop carry `test = false`, so that they run only where they are named.
DESKTOP_SUITES := --test desktop --test screens

.PHONY: help run test check bench screens long bindings package setup for-build for-tests

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

run: for-build ## build the program and open its window
	cargo run -p keyturn-desktop --features custom-protocol

test: for-tests ## run every suite; the last line is "N passed, N failed"
	@tests/run

check: for-build ## formatting, lints and types of Rust and TypeScript
	@setup/rust rustfmt clippy
	cargo fmt --all --check
	npm --prefix ui run check
	cargo clippy $(TESTED) --all-targets -- -D warnings
	cargo clippy $(TESTED) $(DESKTOP_SUITES) -- -D warnings

bench: for-tests ## measure speed and size (release build), a line per figure: name, figure, bound, ok or MISS
	@setup/packages bench
	@setup/desktop-session cargo bench $(TESTED) --bench '*'

screens: for-tests ## take a picture of every screen, light and dark, into target/screens
	@setup/desktop-session cargo test $(TESTED) --test screens -- --test-threads=1

long: for-tests ## run the long tests (release build) with their figures, and the window's journeys on a remote instance
	@cargo test --release -p keyturn-vault -p keyturn-pki --tests -- --ignored --nocapture --test-threads=1
	@cargo test $(TESTED) --no-run
	@KEYTURN_JOURNEYS=remote tests/desktop/run cargo test $(TESTED)

bindings: ## write ui/src/ipc/bindings.ts anew from the commands in src-tauri/src
	@setup/packages build
	@setup/rust
	@setup/ui any-pages
	KEYTURN_BINDINGS=write cargo test -p keyturn-desktop --features webdriver bindings

package: for-build ## build the release program and a Debian package of it in target/package
	cargo build --release -p keyturn-desktop -p keyturn-cli --features keyturn-desktop/custom-protocol
	@setup/package

setup: for-tests ## install and build all that the other targets need, and nothing else
	@setup/rust rustfmt clippy

for-build:
	@setup/packages build
	@setup/rust
	@setup/ui pages

for-tests:
	@setup/packages build test
	@setup/rust
	@setup/python
	@setup/ui pages
	@setup/sdk
	@setup/schemathesis
