# Two commands are enough for a newcomer: `make run` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help run test check e2e bench tour pictures gallery gen

help: ## these lines
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## /{printf "  make %-6s %s\n", $$1, $$2}' Makefile

run: ## install what is missing, build, open the window (without a display: play the story)
	@scripts/run

test: ## everything: checks, tests, the real browser and the real window
	@scripts/test all

check: ## the quick part of test: layers, format, lints, catalogue, texts, types
	@scripts/test check

e2e: ## only the tests in the real browser and the real window
	@scripts/test e2e

bench: ## the numbers that have a limit, as ratios measured in one run
	@scripts/bench

tour: ## take a picture of every screen again and write docs/screens.md
	@scripts/setup test && scripts/build && node tests/e2e/screens-page.mjs

pictures: ## compare every screen with its picture in docs/pictures
	@scripts/setup test && scripts/build && node --test tests/e2e/pictures.test.mjs

gallery: ## one page with every component in every state; serves it until Ctrl-C
	@scripts/setup ui && npm --prefix ui run --silent gallery

gen: ## write again what is generated and committed (TypeScript types, the table of facts, the catalogue's schemas)
	@cargo run --quiet -p xtask -- types
	@scripts/vocabulary
	@cargo run --quiet -p vekha-catalogue -- schema --out catalogue/schema
