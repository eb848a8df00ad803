//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/account"
)

// benchmarked is a whole service, spoken to by HTTP as a local system does.
type benchmarked struct {
	b       *testing.B
	url     string
	key     string
	drafted atomic.Int64 // counts what was sent
}

func newBenchmarked(b *testing.B) *benchmarked {
	b.Helper()
	data := b.TempDir()
	if err := (storage{Data: data}).keys().create(); err != nil {
		b.Fatal(err)
	}
	url := dbtest.FreshURL(b)
	opened, err := db.Open(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = opened.Close() })
	d := &database{url: url, DB: opened}
	log := slog.New(slog.DiscardHandler)
	s, err := assemble(b.Context(), log, d, keyFiles{filepath.Join(data, "keys")}, ordinary())
	if err != nil {
		b.Fatal(err)
	}
	handler, err := newHandler(log, d, s, site{})
	if err != nil {
		b.Fatal(err)
	}
	spendMemory(b.Context(), os.LookupEnv) // as serve does
	server := httptest.NewServer(handler)
	b.Cleanup(server.Close)
	return &benchmarked{b: b, url: server.URL + "/graphql", key: issuedKey(b, s)}
}

// issuedKey is the key of a system, as a national lead issues it.
func issuedKey(b *testing.B, s *services) string {
	b.Helper()
	lead := account.NewAccount{Email: "lead@nhs.net", FirstName: "Margaret", LastName: "Holloway", Password: "wholly unguessable 7"}
	if _, problems, err := s.accounts.CreateLead(b.Context(), lead); err != nil || len(problems) > 0 {
		b.Fatal(problems, err)
	}
	session, problems, err := s.accounts.SignIn(b.Context(), account.Credentials{Email: lead.Email, Password: lead.Password})
	if err != nil || len(problems) > 0 {
		b.Fatal(problems, err)
	}
	caller, err := s.accounts.Authenticate(b.Context(), session.AccessToken)
	if err != nil {
		b.Fatal(err)
	}
	_, key, problems, err := s.clients.Issue(b.Context(), caller.Principal, "RGT", "WebIncidents")
	if err != nil || len(problems) > 0 {
		b.Fatal(problems, err)
	}
	return key
}

// event is an incident of 600 characters with identifiers in it, like no other.
func (m *benchmarked) event() map[string]any {
	n := m.drafted.Add(1)
	return map[string]any{
		"kind": "INCIDENT", "occurredOn": "2026-10-02", "levelOfConcern": "FAIRLY",
		"description": fmt.Sprintf("Mrs Edith Pemberton, date of birth 12 March 1942, was found on the floor beside her bed in bay %d by Staff Nurse Okafor "+
			"during the night round. She said that she had reached for her glasses and slipped. Her daughter Joan was telephoned on 07700 900123 "+
			"and came in. No head injury was seen; observations were within her usual range, and the on-call doctor was asked to review her.", n),
		"incident": map[string]any{
			"immediateActions": "The bed was lowered, the call bell was put within reach, and the ward manager was told.",
			"wentWell":         "Dr Singh reviewed Edith within twenty minutes.",
		},
		"patients": []any{map[string]any{"age": map[string]any{"value": 18 + n%80, "unit": "YEARS"}, "physicalHarm": []string{"NONE", "LOW", "MODERATE"}[n%3], "clinicalOutcome": "A bruise to the left hip."}},
	}
}

func (m *benchmarked) ask(document string, variables map[string]any) string {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		m.b.Fatal(err)
	}
	request, err := http.NewRequestWithContext(m.b.Context(), http.MethodPost, m.url, bytes.NewReader(body))
	if err != nil {
		m.b.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+m.key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		m.b.Error(err)
		return ""
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		m.b.Error(err)
	}
	return string(answer)
}

func (m *benchmarked) one() {
	const document = `mutation($event: EventInput!) { recordEvent(input: {event: $event}) { event { id reference } userErrors { code path } } }`
	if answer := m.ask(document, map[string]any{"event": m.event()}); !strings.Contains(answer, `"userErrors":[]`) {
		m.b.Error(answer)
	}
}

func (m *benchmarked) batch(size int) {
	const document = `mutation($events: [LocalEventInput!]!) { submitEvents(input: {events: $events}) {
		accepted results { localReference outcome event { id reference } userErrors { code path } } } }`
	events := make([]any, size)
	for i := range events {
		events[i] = map[string]any{"localReference": fmt.Sprintf("W-%d", m.drafted.Load()+1), "event": m.event()}
	}
	if answer := m.ask(document, map[string]any{"events": events}); !strings.Contains(answer, fmt.Sprintf(`"accepted":%d`, size)) {
		m.b.Errorf("%.500s", answer)
	}
}

// several does as many at once as there are connections.
func several(connections, n int, one func()) {
	next := make(chan struct{})
	var workers sync.WaitGroup
	for range connections {
		workers.Go(func() {
			for range next {
				one()
			}
		})
	}
	for range n {
		next <- struct{}{}
	}
	close(next)
	workers.Wait()
}

// processorTime is what the service and whoever sends have used, the database apart.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkSubmitEvents shows how many events a second a system sends in
// batches, beside sending them one by one over one connection and over eight.
// The service and its database share the processors with whoever sends.
func BenchmarkSubmitEvents(b *testing.B) {
	m := newBenchmarked(b)
	rates := map[string]float64{}
	for _, way := range []struct {
		name  string
		sends func(b *testing.B) (events int)
	}{
		{"one by one", func(b *testing.B) int {
			several(1, 200, m.one)
			return 200
		}},
		{"one by one, eight at once", func(b *testing.B) int {
			several(8, 400, m.one)
			return 400
		}},
		{"batches of 1000", func(b *testing.B) int {
			m.batch(1000)
			return 1000
		}},
		{"batches of 1000, two at once", func(b *testing.B) int {
			several(2, 2, func() { m.batch(1000) })
			return 2000
		}},
	} {
		b.Run(way.name, func(b *testing.B) {
			m.b = b
			n, before := 0, processorTime(b)
			for b.Loop() {
				n += way.sends(b)
			}
			b.ReportMetric(float64((processorTime(b)-before).Microseconds())/1000/float64(n), "cpu-ms/event")
			rates[way.name] = float64(n) / b.Elapsed().Seconds()
			b.ReportMetric(rates[way.name], "events/s")
			b.ReportMetric(rates[way.name]/rates["one by one"], "x-one-by-one")
		})
	}
}
