# What one does with this tree. `make` alone says what there is.

# More arguments for the demo: make demo ARGS="--at 2026-11-23T08:59 --crowd 200"
ARGS =

.DEFAULT_GOAL := help
.PHONY: help demo test lint format docs bench

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Show an imaginary organisation's day in the browser; needs nothing but Rust and a C compiler
	@echo 'Building; the first time takes a few minutes. Then open the address that is printed, http://127.0.0.1:8787'
	cargo run --no-default-features -- demo $(ARGS)

test: ## Run every test, those of PostgreSQL, Matrix and Discord against servers of their own
	tests/with-postgres tests/with-clients tests/run

lint: ## Check the format, clippy with and without the platforms, and the documentation
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --no-default-features -- -D warnings
	$(MAKE) docs

format: ## Format the code
	cargo fmt

docs: ## Write the documentation of the code, and let no warning pass
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --document-private-items

bench: ## Measure against the raw limits, in one run
	cargo bench --locked --no-default-features
