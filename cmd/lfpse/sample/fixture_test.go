package sample

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/db/reference"
	"lfpse/internal/account"
	"lfpse/internal/envelope"
	"lfpse/internal/event"
	"lfpse/internal/organisation"
	"lfpse/internal/redaction"
	"lfpse/internal/taxonomy"
	"lfpse/internal/token"
	"lfpse/policies"
)

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// until is the day of the tests' sample data.
func until() time.Time { return time.Now() }

// options are those of a database of the test's own with the map and nothing else.
func options(t *testing.T) Options {
	t.Helper()
	d := dbtest.Fresh(t, dbtest.WithReference("map", func(ctx context.Context, d *db.DB) error {
		_, err := reference.Load(ctx, d.DB)
		return err
	}))
	geography := must[*organisation.Directory](t)(organisation.NewDirectory(t.Context(), db.NewOrganisations(d.DB)))
	policy := must[*policies.Authorizer](t)(policies.New(t.Context(), policies.Options{Geography: geography}))
	codes := must[*taxonomy.Registry](t)(taxonomy.Load())
	keys, tokens := filepath.Join(t.TempDir(), "texts.json"), filepath.Join(t.TempDir(), "tokens.json")
	if err := envelope.Create(keys); err != nil {
		t.Fatal(err)
	}
	if err := token.Create(tokens); err != nil {
		t.Fatal(err)
	}
	accounts := must[*account.Service](t)(account.New(t.Context(), account.Options{
		Store: db.NewAccounts(d.DB, dbtest.Outbox(t, d)), Policy: policy, Now: time.Now,
		Tokens: must[*token.Tokens](t)(token.Open(tokens, token.Options{Issuer: "test", Audience: "test", Now: time.Now})),
		Hasher: must[*account.Hasher](t)(account.NewHasher(account.Params{Memory: 64, Passes: 1, Lanes: 1}, 2)),
	}))
	events := event.NewService(event.Options{
		Store: db.NewEvents(d.DB, nil), Policy: policy, Geography: geography, Taxonomy: codes,
		Redactor: redaction.New(), Sealer: must[*envelope.Sealer](t)(envelope.Open(keys)),
		Secret: []byte("a secret of the test's"), Zone: must[*time.Location](t)(time.LoadLocation("Europe/London")), Now: time.Now,
	})
	return Options{
		DB: d, Events: events, Accounts: accounts, Map: geography.Map(), Taxonomy: codes, Password: "wholly unguessable 7",
		Seed: 1, Until: until(), Log: slog.New(slog.DiscardHandler),
	}
}

// hired is a maker with its accounts.
func hired(t *testing.T, o Options) *maker {
	t.Helper()
	trusts := trustsOf(o.Map)
	return must[*maker](t)(newMaker(o, trusts, must[*staff](t)(hire(t.Context(), o, trusts))))
}

func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

func asJSON(t *testing.T, value any) string {
	t.Helper()
	return string(must[[]byte](t)(json.Marshal(value)))
}
