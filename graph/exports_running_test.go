package graph_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
)

// losesArea revokes what a reader holds beyond being standard.
func (s *service) losesArea(reader string) {
	s.t.Helper()
	for name, grant := range s.holds(reader) {
		if !strings.HasPrefix(name, "STANDARD ") {
			s.revokes(lead, grant)
		}
	}
}

// copies makes copies of an event, each with a long text of few words.
func (s *service) copies(reference string, n int) {
	s.t.Helper()
	s.exec(`INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at, organisation, recorded_by, texts, redaction_version)
		SELECT gen_random_uuid(), 'COPY' || n, kind, status, source, taxonomy_version, revision, recorded_at - n * interval '1 second', updated_at, organisation, recorded_by,
			jsonb_build_object('description', repeat(repeat('x', 1990) || ' ', 10)), redaction_version
		FROM event, generate_series(1, ?) AS n WHERE reference = ?`, n, reference)
}

// begun answers a download whose first line has come.
func (s *service) begun(ctx context.Context, url string) *bufio.Reader {
	s.t.Helper()
	request := must[*http.Request](s.t)(http.NewRequestWithContext(ctx, http.MethodGet, url, nil))
	response := must[*http.Response](s.t)(http.DefaultTransport.RoundTrip(request))
	s.t.Cleanup(func() { response.Body.Close() })
	body := bufio.NewReader(response.Body)
	if line, err := body.ReadString('\n'); err != nil || line != "reference,description\r\n" {
		s.t.Fatalf("begins %q: %v", line, err)
	}
	return body
}

// A download ends when the access does that it rests on, also while whoever fetches it
// takes nothing of it, and what came of it cannot be taken for the whole.
func TestARevocationEndsARunningDownload(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const events = 1000
	_, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
	s.copies(reference, events)
	for n, c := range []struct {
		name, reader string
		end          func()
	}{
		{"a revoked grant", organisational, func() { s.losesArea(organisational) }},
		{"a session's end", admin, func() { s.ask(admin, `mutation { signOut { signedOut } }`, nil) }},
		{"a changed profile", reporter, func() {
			s.exec("DELETE FROM account_organisation WHERE account_id = (SELECT id FROM account WHERE email = 'reporter@staff.example')")
		}},
		{"a closed account", lead, func() { s.exec("UPDATE account SET status = 'CLOSED' WHERE email = 'national.lead@staff.example'") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.t = t
			body := s.begun(t.Context(), s.exportLink(c.reader, nil, "reference", "description"))
			c.end()
			s.until("the download to end", func() bool { return strings.Count(s.log.String(), "an export ended with the access") == n+1 })
			rows, err := 0, error(nil)
			for ; err == nil; rows++ {
				_, err = body.ReadString('\n')
			}
			if errors.Is(err, io.EOF) || rows >= events {
				t.Errorf("%d rows came, and then %v, as if that were all", rows, err)
			}
		})
	}
}

// Whoever goes away in the middle leaves no statement behind.
func TestACancelledDownloadStopsItsQuery(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
	waiting := func() bool {
		var n int
		if err := s.db.NewRaw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(t.Context(), &n); err != nil {
			t.Fatal(err)
		}
		return n > 0
	}
	link := s.exportLink(admin, nil, "reference", "description")
	err := s.db.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "LOCK TABLE event IN ACCESS EXCLUSIVE MODE"); err != nil {
			return err
		}
		going, leave := context.WithCancel(ctx)
		s.begun(going, link)
		s.until("the export to wait for the lock", waiting)
		leave()
		s.until("its statement to be gone", func() bool { return !waiting() })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// However much there is, little of it is held at once: what is in use while a download of many megabytes runs is
// looked at after a collection, half-way.
func TestADownloadIsNotGathered(t *testing.T) {
	s := newService(t)
	_, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
	const events = 3000 // of 20 kB
	s.copies(reference, events)
	inUse := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse
	}
	body := s.begun(t.Context(), s.exportLink(admin, nil, "reference", "description"))
	before, most, rows := inUse(), uint64(0), 0
	for {
		if _, err := body.ReadString('\n'); err != nil {
			break
		}
		if rows++; rows%1000 == 0 {
			most = max(most, inUse())
		}
	}
	if rows != events+1 {
		t.Errorf("%d rows came of %d", rows, events+1)
	}
	if most > before+32<<20 {
		t.Errorf("%d MB are in use beyond what was", (most-before)>>20)
	}
}

// until waits for something that comes about by itself.
func (s *service) until(what string, done func() bool) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("waited in vain for %s", what)
		}
	}
}
