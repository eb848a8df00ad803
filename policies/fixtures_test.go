package policies

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/open-policy-agent/opa/v1/ast"

	"lfpse/internal/authz"
)

// noon is the instant at which most tests ask.
var noon = time.Date(2026, 10, 2, 12, 0, 0, 0, time.UTC)

// midnight is when the map changes: ICB "OLD" passes its organisations to
// "NEW".
var midnight = time.Date(2026, 10, 3, 0, 0, 0, 0, time.UTC)

// country is a map of a few organisations: trust A with its site A01, and B,
// which belongs to ICB OLD before midnight and to NEW afterwards.
type country struct {
	version atomic.Int64
	asked   atomic.Int64 // how often an area was looked up

	unreadable atomic.Bool
}

func (c *country) Within(area authz.Area, at time.Time) []string {
	c.asked.Add(1)
	switch {
	case area == (authz.Area{Type: authz.AreaOrganisation, Code: "A"}):
		return []string{"A", "A01"}
	case area == (authz.Area{Type: authz.AreaICB, Code: "OLD"}) && at.Before(midnight),
		area == (authz.Area{Type: authz.AreaICB, Code: "NEW"}) && !at.Before(midnight):
		return []string{"B"}
	case area.Type == authz.AreaRegion && area.Code == "R":
		return []string{"A", "A01", "B"}
	case area.Type == authz.AreaRegion && area.Code == "LARGE":
		return append(newRegion(2*manyValues).codes, "A01", "B")
	default:
		return nil
	}
}

func (c *country) ICBs(area authz.Area, at time.Time) []string {
	if area != (authz.Area{Type: authz.AreaRegion, Code: "R"}) {
		return nil
	}
	if at.Before(midnight) {
		return []string{"OLD"}
	}
	return []string{"NEW"}
}

func (c *country) NextChange(at time.Time) time.Time {
	if at.Before(midnight) {
		return midnight
	}
	return time.Time{}
}

func (c *country) Version() int64 { return c.version.Load() }

// Reach reads a newer map where there is one, which it then is.
func (c *country) Reach(_ context.Context, version int64) error {
	if c.unreadable.Load() {
		return errors.New("there is no map")
	}
	if c.version.Load() < version {
		c.version.Store(version)
	}
	return nil
}

// clock tells a time that tests move on.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time   { return time.Unix(0, c.at.Load()).UTC() }
func (c *clock) set(at time.Time) { c.at.Store(at.UnixNano()) }

// world is an Authorizer in a country, at noon.
type world struct {
	*Authorizer
	country *country
	clock   *clock
}

func newWorld(t testing.TB) world {
	t.Helper()
	w := world{country: &country{}, clock: &clock{}}
	w.clock.set(noon)
	a, err := New(context.Background(), Options{Geography: w.country, Now: w.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	w.Authorizer = a
	return w
}

func (w world) scope(t testing.TB, p authz.Principal, noun authz.Noun) authz.Scope {
	t.Helper()
	s, err := w.Scope(t.Context(), p, noun)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	accountID = uuid.MustParse("0e6b7c51-6d7b-4b6e-9c56-3f7c1b2a4d58")
	clientID  = uuid.MustParse("c1a5e4d2-1f3b-4c8e-8a57-9b0c1d2e3f40")
)

func anAccount(grants ...authz.Grant) authz.Principal {
	return authz.Principal{
		Kind: authz.Account, ID: accountID, GrantVersion: 1,
		Organisations: []string{"A"}, Grants: grants,
	}
}

func aClient() authz.Principal {
	return authz.Principal{Kind: authz.Client, ID: clientID, GrantVersion: 1, Organisations: []string{"A"}}
}

func grant(role authz.Role, t authz.AreaType, code string) authz.Grant {
	return authz.Grant{ID: uuid.New(), Role: role, Area: authz.Area{Type: t, Code: code}, From: noon.AddDate(-1, 0, 0)}
}

func sqlOf(f authz.Filter) string {
	sql, _ := f.SQL()
	return sql
}

// names tells whether a filter binds a code, by itself or in a list.
func names(f authz.Filter, code string) bool {
	_, args := f.SQL()
	return slices.ContainsFunc(args, func(arg any) bool {
		list, ok := arg.([]string)
		return arg == code || ok && slices.Contains(list, code)
	})
}

// about adds a row to what the rules are told of a reader.
func about(t interface {
	Helper()
	Fatal(...any)
}, reader ast.Value, noun authz.Noun, row map[string]any) ast.Value {
	t.Helper()
	value, err := ast.InterfaceToValue(row)
	if err != nil {
		t.Fatal(err)
	}
	added := ast.NewObject([2]*ast.Term{ast.StringTerm(string(noun)), ast.NewTerm(value)})
	input, ok := reader.(ast.Object).Merge(added)
	if !ok {
		t.Fatal("the reader has a row already")
	}
	return input
}
