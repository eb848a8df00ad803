package graph_test

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lfpse/internal/event"
	"lfpse/internal/export"
)

const createExport = `mutation($filter: EventFilter, $columns: [String!]) {
	createEventExport(input: {filter: $filter, columns: $columns}) { export { url rows expiresAt } userErrors { path message } }
}`

// exportLink makes a link as a reader and answers where the file is.
func (s *service) exportLink(reader string, filter map[string]any, columns ...string) string {
	s.t.Helper()
	variables := map[string]any{"filter": filter}
	if len(columns) > 0 {
		variables["columns"] = columns
	}
	answer := s.ask(reader, createExport, variables)
	if answer["errors"] != nil {
		s.t.Fatalf("%s was answered %v", reader, answer)
	}
	return s.server.URL + dig[string](s.t, answer, "data", "createEventExport", "export", "url")
}

// fetch asks for what is at an address.
func (s *service) fetch(method, url string, header ...string) *http.Response {
	s.t.Helper()
	request := must[*http.Request](s.t)(http.NewRequestWithContext(s.t.Context(), method, url, nil))
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	return must[*http.Response](s.t)(http.DefaultTransport.RoundTrip(request))
}

func (s *service) readAll(response *http.Response) string {
	s.t.Helper()
	defer response.Body.Close()
	return string(must[[]byte](s.t)(io.ReadAll(response.Body)))
}

// exported answers the file of a reader's export, row by row.
func (s *service) exported(reader string, filter map[string]any, columns ...string) [][]string {
	s.t.Helper()
	response := s.fetch(http.MethodGet, s.exportLink(reader, filter, columns...))
	if response.StatusCode != http.StatusOK {
		s.t.Fatalf("answered %s", response.Status)
	}
	return must[[][]string](s.t)(csv.NewReader(strings.NewReader(s.readAll(response))).ReadAll())
}

// toTakeAway records events of each sort that an export can meet.
func (s *service) toTakeAway() {
	s.record(reporter, map[string]any{
		"kind": "INCIDENT", "occurredOn": "2026-10-02", "occurredAt": "14:30",
		"description": "Mrs Edith Pemberton, NHS number 943 476 5919, said \"no\",\nthen fell.", "serviceArea": []string{"MATERNITY", "ACUTE"},
		"reporterContact": "ext 2231", "involvedAgents": []string{"DEVICE"}, "levelOfConcern": "VERY",
		"incident": map[string]any{"wentWell": "=2+3 of us came", "nearMiss": false},
		"patients": []any{
			map[string]any{"age": map[string]any{"value": 84, "unit": "YEARS"}, "physicalHarm": "LOW", "clinicalOutcome": "Edith Pemberton went home."},
			map[string]any{"physicalHarm": "NONE"},
		},
	})
	s.record(reporter, map[string]any{"kind": "RISK", "description": "-1 tile, loose", "risk": map[string]any{"imminent": "NO", "population": "Visitors"}})
	s.record(reporter, occurredAt("RR8"))
	s.record(elsewhere, map[string]any{"kind": "GOOD_CARE", "description": "Kind words.", "goodCare": map[string]any{"howToRepeat": "Say them."}})
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "Twice told."})
	s.ok(s.withdrawn(reporter, id, 1, "Mr Quillfeather told it already."), "withdrawEvent")
	s.draft(reporter, anything())
}

// everyColumn are all columns whose values do not differ from run to run.
func (s *service) everyColumn() []string {
	changing := []string{"id", "reference", "recordedAt", "updatedAt", "withdrawal.at"}
	all := slices.DeleteFunc(s.events.Columns(), func(name string) bool { return slices.Contains(changing, name) })
	return append(all, "answers.AdverseEventAgent.DrugsInvolved")
}

// Each reader takes away what they may see, and never more: every column, as each has it.
func TestExportsHoldWhatTheirReadersSee(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.toTakeAway()
	var all strings.Builder
	for _, reader := range readers[1:] {
		rows := s.exported(reader, nil, s.everyColumn()...)
		all.WriteString("# " + reader + "\n")
		for n, row := range rows[1:] {
			for i, cell := range row {
				if cell != "" {
					all.WriteString(string(rune('1'+n)) + " " + rows[0][i] + ": " + strings.ReplaceAll(cell, "\n", `\n`) + "\n")
				}
			}
		}
	}
	for _, identifier := range []string{"Edith", "Pemberton", "943 476", "2231", "Quillfeather"} {
		if strings.Contains(all.String(), identifier) {
			t.Errorf("%s was taken away", identifier)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/exports.golden", []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(must[[]byte](t)(os.ReadFile("testdata/exports.golden"))); all.String() != want {
		t.Errorf("got\n%s\nwant\n%s", all.String(), want)
	}
}

// An export, and what the graph lists, are the same events in the order in which they
// were recorded, found by the same filter.
func TestAnExportIsWhatTheGraphLists(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.toTakeAway()
	for name, filter := range map[string]map[string]any{
		"everything":  nil,
		"of a kind":   {"kind": []string{"INCIDENT"}},
		"of a region": {"region": []string{"Y61"}},
		"searched":    {"search": "fell"},
		"by a name":   {"search": "Pemberton"},
	} {
		for _, reader := range readers[1:] {
			answer := s.ask(reader, `query($filter: EventFilter) { events(filter: $filter, first: 100, orderBy: {field: RECORDED_AT, direction: ASC}) { nodes { reference } totalCount } }`,
				map[string]any{"filter": filter})
			var want []string
			for _, node := range dig[[]any](t, answer, "data", "events", "nodes") {
				want = append(want, dig[string](t, node, "reference"))
			}
			var got []string
			for _, row := range s.exported(reader, filter, "reference")[1:] {
				got = append(got, row[0])
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s: %v is taken away, %v listed", name, reader, got, want)
			}
			made := s.ask(reader, createExport, map[string]any{"filter": filter})
			if rows := dig[float64](t, made, "data", "createEventExport", "export", "rows"); int(rows) != len(want) {
				t.Errorf("%s, %s: %v rows are announced, %d listed", name, reader, rows, len(want))
			}
		}
	}
}

// The file is as RFC 4180 has it, and as the description of the columns says.
func TestTheFormOfAnExport(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.toTakeAway()
	response := s.fetch(http.MethodGet, s.exportLink(admin, nil))
	text := s.readAll(response)
	header, rest, _ := strings.Cut(text, "\r\n")
	if want := strings.Join(event.DefaultColumns(), ","); header != want {
		t.Errorf("the header is %s; want %s", header, want)
	}
	if strings.Contains(rest, "\r\n\r\n") || !strings.HasSuffix(rest, "\r\n") || strings.Count(rest, "\r\n") != 4 {
		t.Errorf("the rows are %q", rest)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/csv; charset=utf-8; header=present", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer", "Vary": "Accept-Encoding", "Content-Encoding": "",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if got := response.Header.Get("Content-Disposition"); !regexp.MustCompile(`^attachment; filename="patient-safety-events-\d{4}-\d\d-\d\d-\d{6}\.csv"$`).MatchString(got) {
		t.Errorf("it is to be kept as %s", got)
	}
	fields := dig[[]any](t, s.ask(nobody, `{ __type(name: "CreateEventExportInput") { inputFields { description } } }`, nil), "data", "__type", "inputFields")
	described := dig[string](t, fields[1], "description")
	if !strings.Contains(described, "Left out: "+strings.Join(event.DefaultColumns(), ", ")+".") {
		t.Errorf("the usual columns are not those described: %s", described)
	}
}

func TestAnExportIsPackedWhereAsked(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.toTakeAway()
	for accepted, want := range map[string]string{
		"gzip": "gzip", "br, gzip;q=0.5": "gzip", "*": "gzip", "gzip;q=0, *": "", "identity": "", "gzip; q=0": "", "GZIP;Q=1": "gzip", "": "",
	} {
		response := s.fetch(http.MethodGet, s.exportLink(admin, nil, "reference", "description"), "Accept-Encoding", accepted)
		body := s.readAll(response)
		if got := response.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%q is answered as %q, not %q", accepted, got, want)
		}
		if want == "gzip" {
			body = unpacked(t, body)
		}
		if !strings.HasPrefix(body, "reference,description\r\n") || strings.Count(body, "\r\n") != 5 {
			t.Errorf("%q is answered %q", accepted, body)
		}
	}
}

// A link is good once, for five minutes, by GET, and for nobody else who says who they are.
func TestLinksOfExports(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.toTakeAway()
	get := func(url string, header ...string) int {
		response := s.fetch(http.MethodGet, url, header...)
		s.readAll(response)
		return response.StatusCode
	}
	link := s.exportLink(admin, nil)
	for _, method := range []string{http.MethodHead, http.MethodPost, http.MethodOptions, http.MethodDelete} {
		response := s.fetch(method, link)
		s.readAll(response)
		if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != http.MethodGet {
			t.Errorf("%s is answered %s", method, response.Status)
		}
	}
	for name, token := range map[string]string{"another's token": s.tokens[lead], "no token at all": "x", "a token of nobody's": "ey.ey.ey"} {
		if status := get(link, "Authorization", "Bearer "+token); status != http.StatusNotFound && status != http.StatusUnauthorized {
			t.Errorf("with %s it is answered %d", name, status)
		}
	}
	if status := get(link, "Authorization", "Bearer "+s.tokens[admin]); status != http.StatusOK {
		t.Errorf("its maker is answered %d", status)
	}
	if status := get(link); status != http.StatusNotFound {
		t.Errorf("a second time it is answered %d", status)
	}
	for _, secret := range []string{"", "x", "../graphql", strings.Repeat("A", 43), strings.Repeat("A", 10_000)} {
		if status := get(s.server.URL + "/exports/" + secret); status != http.StatusNotFound && status != http.StatusMovedPermanently && status != http.StatusTemporaryRedirect {
			t.Errorf("%.20q is answered %d", secret, status)
		}
	}
	link = s.exportLink(admin, nil)
	s.later = export.Lifetime + time.Second
	if status := get(link); status != http.StatusNotFound {
		t.Errorf("after its time it is answered %d", status)
	}
	s.later = 0

	link = s.exportLink(admin, nil)
	var statuses sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() { statuses.Store(i, get(link)) })
	}
	all.Wait()
	good := 0
	statuses.Range(func(_, status any) bool {
		if status == http.StatusOK {
			good++
		}
		return true
	})
	if good != 1 {
		t.Errorf("of eight at once %d have the file", good)
	}
}

// What a link leads to is decided when it is fetched.
func TestALinkHoldsWhatItsMakerSeesWhenItIsFetched(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.toTakeAway()
	link := s.exportLink(organisational, nil, "reference")
	s.losesArea(organisational)
	if got := s.readAll(s.fetch(http.MethodGet, link)); got != "reference\r\n" {
		t.Errorf("after the grant was revoked it holds %q", got)
	}
	link = s.exportLink(admin, nil, "reference")
	s.ask(admin, `mutation { signOut { signedOut } }`, nil)
	if response := s.fetch(http.MethodGet, link); response.StatusCode != http.StatusNotFound {
		t.Errorf("after its session it is answered %s: %s", response.Status, s.readAll(response))
	}
}

// A link is nowhere but in its answer, and what was asked for is nowhere in clear.
func TestNothingKeepsALink(t *testing.T) {
	t.Parallel()
	s := newService(t)
	link := s.exportLink(admin, map[string]any{"search": "Quillfeather"})
	secret := link[strings.LastIndexByte(link, '/')+1:]
	var dump string
	if err := s.db.NewRaw("SELECT (SELECT string_agg(x::text, '') FROM event_export x) || (SELECT string_agg(a::text, '') FROM audit_entry a)").Scan(t.Context(), &dump); err != nil {
		t.Fatal(err)
	}
	s.readAll(s.fetch(http.MethodGet, link))
	s.readAll(s.fetch(http.MethodGet, link))
	for _, word := range []string{secret, "Quillfeather"} {
		if strings.Contains(dump, word) || strings.Contains(s.log.String(), word) {
			t.Errorf("%s is kept", word)
		}
	}
	var actions []string
	if err := s.db.NewRaw("SELECT action FROM audit_entry WHERE action LIKE 'export.%' ORDER BY id").Scan(t.Context(), &actions); err != nil {
		t.Fatal(err)
	}
	if want := []string{"export.created", "export.fetched"}; !slices.Equal(actions, want) {
		t.Errorf("the trail has %v, not %v", actions, want)
	}
	var left int
	if err := s.db.NewRaw("SELECT count(*) FROM event_export").Scan(t.Context(), &left); err != nil || left != 0 {
		t.Errorf("%d are left of what was fetched: %v", left, err)
	}
}

func unpacked(t *testing.T, body string) string {
	t.Helper()
	return string(must[[]byte](t)(io.ReadAll(must[*gzip.Reader](t)(gzip.NewReader(strings.NewReader(body))))))
}
