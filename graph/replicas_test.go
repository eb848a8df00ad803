package graph_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/graph"
	"lfpse/internal/authz"
	"lfpse/internal/oidc/oidctest"
	"lfpse/internal/taxonomy"
	"lfpse/internal/token"
)

// copied is a service whose queries are answered by a replica.
type copied struct {
	*service
	replica  *dbtest.Replica
	replicas *db.Replicas
}

func newCopied(t *testing.T) copied {
	t.Helper()
	primary, followers := dbtest.Replicated(t, 1, withMap())
	replicas := must[*db.Replicas](t)(db.OpenReplicas(t.Context(), primary, []string{followers[0].URL()}, slog.New(slog.DiscardHandler), db.WithRole(db.ServiceRole)))
	ctx, stop := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() { replicas.Watch(ctx) })
	t.Cleanup(func() {
		stop()
		watching.Wait()
		if err := replicas.Close(); err != nil {
			t.Error(err)
		}
	})
	keys := filepath.Join(t.TempDir(), "tokens.json")
	if err := token.Create(keys); err != nil {
		t.Fatal(err)
	}
	provider := oidctest.Start(t)
	s := newServiceOver(t, primary, must[*taxonomy.Registry](t)(taxonomy.Load()), keys, provider.Issuer(), func(o *graph.Options) { o.Copies = replicas })
	s.provider = provider
	s.people(s.accounts)
	return copied{service: s, replica: followers[0], replicas: replicas}
}

// settled waits until the replica has everything and is used.
func (c copied) settled() {
	c.t.Helper()
	c.replica.CatchUp(c.db)
	c.soon("the replica is used", func() bool { return c.replicas.Standing()[0] == "replica 1: used" })
}

// asleep has something done while the replica takes nothing in, though it is
// there, was used a moment ago, and answers.
func (c copied) asleep(do func()) {
	c.t.Helper()
	c.settled()
	c.replica.Pause()
	defer c.replica.Resume()
	do()
	if c.replicas.Standing()[0] != "replica 1: behind" {
		c.t.Errorf("nothing was asked that the replica does not have: %v", c.replicas.Standing())
	}
}

// What is read at a replica is what would be read at the primary, whatever the
// replica lacks.
func TestAServiceWithAReplica(t *testing.T) {
	t.Parallel()
	c := newCopied(t)
	other := c.twin() // reads and writes at the primary
	for _, each := range []struct {
		name string
		test func(c copied, other *service)
	}{
		{"its queries are read at the replica, of an account, of a client and of a provider's identity", readAtReplica},
		{"what a person wrote is there on their next query, on whichever instance they wrote it", ownWrites},
		{"words marked as identifying are hidden for all readers at once", markedAtOnce},
		{"a withdrawn event is a tombstone at once", withdrawnAtOnce},
		{"access that was taken away shows nothing", takenAway},
		{"no query fails while the replica stops, is away and comes back", stoppedHalfWay},
	} {
		t.Run(each.name, func(t *testing.T) {
			c.t, other.t = t, t
			each.test(c, other)
		})
	}
}

const eventsRead = "FROM event AS e"

// eventOpened is what begins the statement of an opened record: the server's views show no
// more than its first thousand letters.
const eventOpened = "SELECT e.id, e.reference"

func readAtReplica(c copied, _ *service) {
	for range 3 {
		c.record(reporter, aTale())
	}
	c.issue(admin, "RGT", "the client")
	c.settled()
	for range 3 {
		c.raw(reporter, `mutation($event: EventInput!) { recordEvent(input: {event: $event}) { event { patients { sequence } revisions { revision } } } }`, map[string]any{"event": aTale()})
	}
	if c.replica.Ran(eventsRead)+c.replica.Ran(eventOpened) != 0 {
		c.t.Error("a mutation read at the replica")
	}
	c.tokens["known by a provider"] = c.identityToken("a subject", "organisational@staff.example", 0)
	for _, reader := range []string{organisational, "the client", "known by a provider"} {
		c.settled()
		c.soon(reader+" is answered by the replica", func() bool {
			c.raw(reader, `{ events(first: 1) { totalCount nodes { description } } }`, nil)
			return c.replica.Ran(eventsRead) > 0
		})
		c.replica.Stop() // forgets what it ran
		c.soon("the replica is away", func() bool { return c.replicas.Standing()[0] == "replica 1: away" })
		c.replica.Start()
	}
	c.settled()
	if cost := withoutLooks(c.statements(organisational, 3)); len(cost) > maxStatements {
		c.t.Errorf("a page costs %d statements: %v", len(cost), cost)
	}
	response := must[*http.Response](c.t)(http.Get(c.server.URL + "/readyz"))
	defer response.Body.Close()
	if got := string(must[[]byte](c.t)(io.ReadAll(response.Body))); got != "ready\nreplica 1: used\n" {
		c.t.Errorf("/readyz answers %q", got)
	}
}

// withoutLooks leaves out what asks a replica how far it is.
func withoutLooks(shapes []string) (rest []string) {
	for _, shape := range shapes {
		if !strings.Contains(shape, "pg_last_wal_replay_lsn") {
			rest = append(rest, shape)
		}
	}
	return rest
}

func ownWrites(c copied, other *service) {
	for name, at := range map[string]*service{"here": c.service, "elsewhere": other} {
		c.asleep(func() {
			id, reference := at.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
			if got := c.raw(reporter, `{ event(reference: "`+reference+`") { reference } }`, nil); !strings.Contains(got, `"`+reference+`"}`) {
				c.t.Errorf("an event recorded %s is answered %s", name, got)
			}
			at.ok(at.update(reporter, id, 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
			if got := c.reads(reporter, id); !strings.Contains(got, `"revision":2`) {
				c.t.Errorf("an event updated %s is answered %s", name, got)
			}
		})
	}
}

func markedAtOnce(c copied, _ *service) {
	id, _ := c.record(reporter, aTale())
	c.asleep(func() {
		if got := c.description(organisational, id); got != taleShown {
			c.t.Fatalf("the tale is shown as %q", got)
		}
		c.marked(admin, id, 1, "description", "bagpiper")
		for _, reader := range readersOfTheTale {
			if got := c.reads(reader, id); strings.Contains(got, "bagpiper") || !strings.Contains(got, "[IDENTIFIER]") {
				c.t.Errorf("%s is shown what was marked: %s", reader, got)
			}
		}
	})
}

func withdrawnAtOnce(c copied, _ *service) {
	id, _ := c.record(reporter, aTale())
	c.asleep(func() {
		c.ok(c.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
		for _, reader := range readersOfTheTale {
			if got := c.reads(reader, id); strings.Contains(got, "piper") {
				c.t.Errorf("%s is shown what was withdrawn: %s", reader, got)
			}
		}
	})
}

func takenAway(c copied, other *service) {
	_, reference := c.record(reporter, aTale())
	document := `{ event(reference: "` + reference + `") { reference } }`
	c.asleep(func() {
		id := other.readerOf("reader", authz.ReadOnly, authz.Area{Type: authz.AreaICB, Code: "QUE"})
		c.tokens["reader"] = other.tokens["reader"]
		if got := c.raw("reader", document, nil); !strings.Contains(got, reference) {
			c.t.Fatalf("with the grant the reader is answered %s", got)
		}
		other.exec("UPDATE access_grant SET revoked_at = now() WHERE account_id = ?", id)
		if got := c.raw("reader", document, nil); strings.Contains(got, reference) {
			c.t.Errorf("without it the reader is answered %s", got)
		}
		other.exec("UPDATE session_family SET revoked_at = now() WHERE account_id = ?", id)
		if got := c.raw("reader", document, nil); !strings.Contains(got, "UNAUTHENTICATED") {
			c.t.Errorf("without a session the reader is answered %s", got)
		}
	})
}

// The replica stops twice, in the midst of what many ask.
func stoppedHalfWay(c copied, _ *service) {
	_, reference := c.record(reporter, aTale())
	c.settled()
	ctx, stop := context.WithCancel(c.t.Context())
	var asking sync.WaitGroup
	var answered atomic.Int64
	for range 3 {
		asking.Go(func() {
			for ctx.Err() == nil {
				got := c.raw(organisational, `{ event(reference: "`+reference+`") { reference description patients { clinicalOutcome } revisions { description } } }`, nil)
				if strings.Contains(got, "errors") || !strings.Contains(got, "The bagpiper is better.") {
					c.t.Errorf("a query is answered %s", got)
					return
				}
				answered.Add(1)
			}
		})
	}
	further := func(what string) {
		c.t.Helper()
		least := answered.Load() + 10
		c.soon("queries are answered "+what, func() bool { return answered.Load() >= least })
	}
	for range 2 {
		further("by the replica")
		c.replica.Stop()
		further("without the replica")
		c.replica.Start()
		c.settled()
		further("by the replica that is back")
		if c.replica.Ran(eventOpened) == 0 {
			c.t.Error("the replica that is back is not used")
		}
	}
	stop()
	asking.Wait()
}
