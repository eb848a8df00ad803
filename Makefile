# Targets that a newcomer needs. Each installs what it can and says what it cannot.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo build test test-all conformance openid faults size fuzz verify graphiql bench bench-functions go npm postgres chromium

GO ?= go
MODULES := . compat/gqlgen compat/dataloader
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

demo: build postgres ## start everything from nothing, with sample data and accounts
	@bin/lfpse demo $(ARGS)

build: go ## build bin/lfpse
	@$(GO) build -o bin/lfpse ./cmd/lfpse

test: go postgres ## every check but the slowest
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "gofmt these: $$unformatted"; exit 1; }
	@for module in $(MODULES); do (cd $$module && $(GO) vet ./...); done
	@for module in compat/dataloader compat/gqlgen .; do (cd $$module && $(GO) test -race -count=1 ./...); done

test-all: test conformance openid faults size chromium ## the slow checks too: other implementations, a real browser, kills
	@$(GO) test -count=1 -tags browser ./graph/graphiql

conformance: go npm postgres ## hold the engine and the service against other implementations
	@cd compat/gqlgen/conformance && npm ci --no-audit --no-fund --loglevel=error
	@cd compat/gqlgen && $(GO) test -count=1 -tags conformance ./...
	@$(GO) test -count=1 -tags conformance -run Audits ./graph

openid: go npm postgres ## take the tokens of a certified OpenID provider
	@cd graph/testdata/provider && npm ci --no-audit --no-fund --loglevel=error
	@$(GO) test -count=1 -tags openid -run CertifiedProvider ./graph

faults: go postgres ## kill the service and its database in the middle of changes: nothing acknowledged may be lost
	@$(GO) test -count=1 -tags faults -run Killed ./cmd/lfpse

size: go postgres ## how PostgreSQL answers dashboards at a million events: by which index, never all of a table
	@$(GO) test -count=1 -tags size -timeout 60m -run AtSize ./graph

fuzz: go ## a minute of inputs that nobody thought of, for each fuzz target
	@cd compat/gqlgen && for package in $$($(GO) list ./graphql/...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$target in $$package"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime 60s -fuzzminimizetime 10x $$package; \
		done; \
	done

verify: go ## generate everything again; it must come out as it is, and without a fault
	@$(GO) generate ./...
	@$(MAKE) --no-print-directory graphiql
	@git diff --exit-code --stat -- graph resolvers
	@$(GO) run $(STATICCHECK) ./graph/generated/... ./graph/model/...
	@cd compat/gqlgen && $(GO) run $(STATICCHECK) . ./api/... ./codegen/... ./internal/... ./plugin/...

graphiql: npm ## build the GraphiQL page from npm
	@cd graph/graphiql/app && npm ci --no-audit --no-fund && npm run build

bench: build postgres ## what dashboards do, beside PostGraphile and bare SQL at a million events (Linux); ARGS="-seconds 1 -rounds 1 -events 20000" for a try
	@command -v npm >/dev/null || { echo "Install Node.js 20 or later with npm."; exit 1; }
	@cd bench/postgraphile && npm ci --no-audit --no-fund --loglevel=error
	@$(GO) run ./bench $(ARGS)

bench-functions: go ## benchmarks of single functions, each beside what it is compared with
	@for module in $(MODULES); do (cd $$module && $(GO) test -run '^$$' -bench . ./...); done

bench-engine: go ## the engine's processor time beside that of graphql-js and GraphQL Yoga (Linux)
	@command -v npm >/dev/null || { echo "Install Node.js 20 or later with npm."; exit 1; }
	@cd compat/gqlgen/conformance && npm ci --no-audit --no-fund --loglevel=error
	@cd compat/gqlgen/conformance && $(GO) run ./bench && $(GO) test -run '^$$' -bench Rows ./bench

bench-redaction: go ## what redaction leaks, what it removes for nothing, and how fast it is
	@$(GO) test ./internal/redaction -count=1 -run '^Test(Figures|HeldOutTogether)$$' -v $(ARGS)
	@$(GO) test ./internal/redaction -run '^$$' -bench .

go:
	@command -v $(GO) >/dev/null || { echo "Install Go 1.26 or later: https://go.dev/dl"; exit 1; }

npm:
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "Install Node.js 20 or later with npm: https://nodejs.org"; exit 1; }

# A server of the service's own finds the programs, or fetches them; installing
# them beforehand is quicker.
postgres:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	else \
		echo "PostgreSQL's programs are not installed; lfpse fetches its own. To have the system's: apt-get install postgresql"; \
	fi

chromium:
	@test -x /usr/bin/chromium || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
		echo "Install Chromium for the browser tests: apt-get install chromium"; exit 1; \
	fi
