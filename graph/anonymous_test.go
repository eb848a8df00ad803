package graph_test

import (
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"lfpse/db"
)

// A browser in which somebody is signed in sends these with everything, the
// anonymous report included.
var traces = map[string]string{
	"Cookie":          "sid=c00k1e-0f-asha; remembered=asha.kapoor",
	"User-Agent":      "Br0wser/7.7 (ward 12, bay 2)",
	"X-Forwarded-For": "203.0.113.77",
	"X-Real-IP":       "203.0.113.78",
	"Forwarded":       `for="[2001:db8::77]"`,
	"X-Request-Id":    "r3quest-1234567",
	"Traceparent":     "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
	"Referer":         "https://trust.example/people/asha-kapoor",
	"Origin":          "https://trust.example",
	"X-Client-Id":     "cl1ent-asha",
}

// browser is one browser: it keeps its connection, as browsers do.
type browser struct {
	s      *service
	client *http.Client
}

// sends answers what the graph says to a document; token may be empty.
func (b browser) sends(document string, variables map[string]any, token string) string {
	b.s.t.Helper()
	body := must[[]byte](b.s.t)(json.Marshal(map[string]any{"query": document, "variables": variables}))
	request := must[*http.Request](b.s.t)(http.NewRequestWithContext(b.s.t.Context(), http.MethodPost, b.s.server.URL+"/graphql?from=ward-12", strings.NewReader(string(body))))
	request.Header.Set("Content-Type", "application/json")
	for name, value := range traces {
		request.Header.Set(name, value)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response := must[*http.Response](b.s.t)(b.client.Do(request))
	defer response.Body.Close()
	if set := response.Header["Set-Cookie"]; len(set) > 0 {
		b.s.t.Errorf("the answer sets cookies: %v", set)
	}
	return string(must[[]byte](b.s.t)(io.ReadAll(response.Body)))
}

const recordAnonymouslyUnderKey = `mutation($event: EventInput!, $key: String!) {
	recordEventAnonymously(input: {event: $event, reasons: ["4"], idempotencyKey: $key}) { receipt { reference } userErrors { message path } } }`

// Everything that an anonymous report leaves, in every table and in the log, is
// looked through for whoever sent it.
func TestAnAnonymousReportOfSomebodySignedInLeavesNoTraceOfThem(t *testing.T) {
	t.Parallel()
	s := newService(t)
	b := browser{s, &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}}
	defer b.client.CloseIdleConnections()
	const own = `{ viewer { account { id name email } events { totalCount } } }`
	if answer := b.sends(own, nil, s.tokens[reporter]); !strings.Contains(answer, "Asha Kapoor") {
		t.Fatalf("its reader is not signed in: %s", answer)
	}
	before, logged := s.everything(), s.log.String()

	variables := map[string]any{"event": map[string]any{"kind": "INCIDENT", "description": "A fall.", "organisation": "RGT"}, "key": "key-0f-asha"}
	first := b.sends(recordAnonymouslyUnderKey, variables, "")
	if !strings.Contains(first, `"reference":"`) || b.sends(recordAnonymouslyUnderKey, variables, "") != first || s.count() != 1 {
		t.Fatalf("it is not recorded once: %s", first)
	}
	if answer := b.sends(recordAnonymouslyUnderKey, variables, s.tokens[reporter]); !strings.Contains(answer, "FORBIDDEN") || s.count() != 1 {
		t.Errorf("with the token of somebody it is answered %s", answer)
	}
	b.sends(own, nil, s.tokens[reporter])
	if _, moved, err := db.NewTrail(s.db).Seal(t.Context()); err != nil {
		t.Fatal(err)
	} else if !moved {
		t.Error("what came before is sealed already, and the test looks for nothing")
	}

	left := s.leftSince(before)
	if len(left["event"]) != 1 || len(left["anonymous_receipt"]) != 1 || len(left["event_original"]) != 1 {
		t.Errorf("left are %v", left)
	}
	people := s.everybody()
	for table, rows := range left {
		for _, row := range rows {
			for _, trace := range append(slices.Clone(people), tracesOf(s.tokens[reporter])...) {
				if has(row, trace) {
					t.Errorf("%s holds %q: %s", table, trace, row)
				}
			}
			for _, instant := range instants.FindAllString(row, -1) {
				if !toTheMinute.MatchString(instant) {
					t.Errorf("%s holds an instant, %s: %s", table, instant, row)
				}
			}
			for _, id := range ids.FindAllString(row, -1) {
				if id[14] != '4' {
					t.Errorf("%s holds an id that tells when it was made, %s", table, id)
				}
			}
		}
	}
	if log := strings.TrimPrefix(s.log.String(), logged); log != "" {
		t.Errorf("it is logged: %s", log)
	}
}

var (
	instants    = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?`)
	toTheMinute = regexp.MustCompile(`:00$`)
	ids         = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// tracesOf is what a browser sent, whole and in parts, with the token of whoever
// is signed in there.
func tracesOf(token string) []string {
	all := []string{token, "key-0f-asha", "ward-12", "127.0.0.1", "4bf92f3577b34da6a3ce929d0e0e4736"}
	for _, value := range traces {
		all = append(all, value)
	}
	return append(all, strings.Split(token, ".")...)
}

// has tells whether a row holds a text, in clear or as a column of bytes would
// show it.
func has(row, text string) bool {
	row, text = strings.ToLower(row), strings.ToLower(text)
	return strings.Contains(row, text) || strings.Contains(row, hex.EncodeToString([]byte(text)))
}

// everything is every row of every table as JSON.
func (s *service) everything() map[string][]string {
	s.t.Helper()
	all := map[string][]string{}
	for _, table := range s.tableNames() {
		var rows []string
		if err := s.db.NewRaw("SELECT to_jsonb(r)::text FROM ? AS r", bun.Ident(table)).Scan(s.t.Context(), &rows); err != nil {
			s.t.Fatal(err)
		}
		all[table] = rows
	}
	return all
}

// leftSince answers the rows that were not there before, by table; the seals of
// what was there already are not among them.
func (s *service) leftSince(before map[string][]string) map[string][]string {
	s.t.Helper()
	left := map[string][]string{}
	for table, rows := range s.everything() {
		if table == "audit_seal" {
			continue // of entries, all of which are looked at
		}
		for _, row := range rows {
			if !slices.Contains(before[table], row) {
				left[table] = append(left[table], row)
			}
		}
	}
	if entries := left["audit_entry"]; len(entries) > 0 {
		s.t.Errorf("it is audited: %v", entries)
	}
	return left
}

// everybody is what the service knows of every account, and of its sessions.
func (s *service) everybody() []string {
	s.t.Helper()
	var known []string
	err := s.db.NewRaw(`SELECT v FROM (
			SELECT unnest(ARRAY[id::text, replace(id::text, '-', ''), email, first_name, last_name]) AS v FROM account
			UNION SELECT unnest(ARRAY[id::text, replace(id::text, '-', '')]) FROM session_family
			UNION SELECT encode(hash, 'hex') FROM refresh_token
		) AS known`).Scan(s.t.Context(), &known)
	if err != nil || len(known) < 50 {
		s.t.Fatalf("%d things are known of people: %v", len(known), err)
	}
	return known
}
