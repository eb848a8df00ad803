package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lfpse/internal/event"
)

// longest is a text of 20,000 characters, none of whose words stands in another
// such.
func longest(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < 19_980; i++ {
		fmt.Fprintf(&b, "w%dx%d ", n, i)
	}
	return b.String() + strings.Repeat(".", 20_000-b.Len())
}

// Whoever reads the schema knows the limits.
func TestTheLimitsAreInTheDescriptions(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, want := range map[string]int{
		"EventInput": event.MaxText, "EventInput.occurredAtOrganisations": event.MaxOrganisations, "EventInput.patients": event.MaxPatients,
		"EventInput.reporterContact": event.MaxContact, "EventInput.answers": event.MaxAnswers, "PatientInput.sequence": event.MaxPatients,
		"RecordEventInput.idempotencyKey": event.MaxIdempotencyKey, "RecordEventAnonymouslyInput.idempotencyKey": event.MaxIdempotencyKey,
		"WithdrawEventInput.reason": event.MaxText, "CompleteReviewInput.notes": event.MaxText, "EventFilter.search": event.MaxSearch,
	} {
		of, field, _ := strings.Cut(name, ".")
		answer := s.ask(nobody, `query($name: String!) { __type(name: $name) { description inputFields { name description } } }`, map[string]any{"name": of})
		described := dig[string](t, answer, "data", "__type", "description")
		for _, f := range dig[[]any](t, answer, "data", "__type", "inputFields") {
			if dig[string](t, f, "name") == field {
				described = dig[string](t, f, "description")
			}
		}
		if !strings.Contains(strings.ReplaceAll(described, ",", ""), fmt.Sprint(want)) {
			t.Errorf("%s does not say %d: %s", name, want, described)
		}
	}
}

// largest is an incident with 100 patients, every text at its longest.
func largest() map[string]any {
	patients := make([]any, 100)
	for i := range patients {
		patients[i] = map[string]any{"clinicalOutcome": longest(i)}
	}
	return map[string]any{
		"kind": "INCIDENT", "description": longest(100), "patients": patients, "reporterContact": strings.Repeat("☎", 200),
		"incident": map[string]any{"immediateActions": longest(101), "wentWell": longest(102)},
	}
}

const wholeText = `query($id: ID!) { event(id: $id) { description reporterContact details { ... on IncidentDetails { immediateActions wentWell } } patients { clinicalOutcome } } }`

// whole fails unless an event says what was typed.
func (s *service) whole(id string, typed map[string]any) {
	s.t.Helper()
	read := dig[map[string]any](s.t, s.ask(reporter, wholeText, map[string]any{"id": id}), "data", "event")
	if read["description"] != typed["description"] || read["reporterContact"] != typed["reporterContact"] {
		s.t.Error("the description or the contact details are not as typed")
	}
	if fmt.Sprint(read["details"]) != fmt.Sprint(typed["incident"]) {
		s.t.Error("the answers of its kind are not as typed")
	}
	if fmt.Sprint(read["patients"]) != fmt.Sprint(typed["patients"]) {
		s.t.Error("the patients' texts are not as typed")
	}
}

// What the limits allow is recorded, read, found and changed.
func TestTheLargestEventIsKeptWhole(t *testing.T) {
	t.Parallel()
	s := newService(t)
	typed := largest()
	drafted, _ := s.draft(reporter, typed)
	s.whole(drafted, typed)
	s.ok(s.ask(reporter, submit, map[string]any{"id": drafted}), "submitDraft")
	recorded, reference := s.record(reporter, typed)
	for _, id := range []string{drafted, recorded} {
		s.whole(id, typed)
		typed["description"] = longest(200)
		s.ok(s.update(reporter, id, 1, map[string]any{"description": typed["description"]}), "updateEvent")
		s.whole(id, typed)
		s.ok(s.update(organisational, id, 2, map[string]any{"description": longest(100)}), "updateEvent")
		typed["description"] = longest(100)
		s.whole(id, typed)
	}
	if found := s.searched(organisational, "w100x0 w101x0"); len(found) != 2 || !strings.Contains(fmt.Sprint(found), reference) {
		t.Errorf("found %v", found)
	}
	s.ok(s.withdrawn(reporter, recorded, 3, longest(0)), "withdrawEvent")
}

// The limit is of characters, not of bytes.
func TestTextsOfTheWidestCharactersAreKeptWhole(t *testing.T) {
	t.Parallel()
	s := newService(t)
	wide := strings.Repeat("😀", 20_000)
	typed := map[string]any{
		"kind": "INCIDENT", "description": wide, "reporterContact": strings.Repeat("😀", 200),
		"incident": map[string]any{"immediateActions": wide, "wentWell": wide},
		"patients": []any{map[string]any{"clinicalOutcome": wide}, map[string]any{"clinicalOutcome": wide}},
	}
	id, _ := s.record(reporter, typed)
	s.whole(id, typed)
	s.ok(s.update(organisational, id, 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
	s.whole(id, typed)
	if got := problems(t, s.update(reporter, id, 2, map[string]any{"description": wide + "😀"}), "updateEvent"); fmt.Sprint(got) != "[TOO_LONG [event description]]" {
		t.Errorf("one more is answered %v", got)
	}
}

// No words make more of an index than the database takes.
func TestWhateverIsTypedCanBeIndexed(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, sql := range map[string]string{
		"long words":          `SELECT string_agg(md5(i::text), ' ') FROM generate_series(1, 100000) AS i`,
		"short words":         `SELECT string_agg(to_hex(i), ' ') FROM generate_series(1, 400000) AS i`,
		"joined words":        `SELECT string_agg('q' || translate(to_hex(i), '0123456789', 'ghijklmnop') || '-z' || translate(to_hex(i * 7), '0123456789', 'ghijklmnop'), ' ') FROM generate_series(1, 200000) AS i`,
		"addresses":           `SELECT string_agg('a' || to_hex(i) || '.uk/' || to_hex(i), ' ') FROM generate_series(1, 200000) AS i`,
		"wide letters":        `SELECT string_agg(chr(x'20000'::int + i % 40000) || chr(x'20000'::int + i / 40000), ' ') FROM generate_series(1, 300000) AS i`,
		"joined wide letters": `SELECT string_agg(chr(x'20000'::int + i % 40000) || chr(x'20000'::int + i / 40000) || '-' || chr(x'20000'::int + i % 40000), ' ') FROM generate_series(1, 200000) AS i`,
		"placeholders":        `SELECT repeat('[NAME 1] ', 100000)`,
	} {
		for _, bytes := range []int{199_000, 3_000_000} {
			var size int
			err := s.db.NewRaw(`INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at, redaction_version, texts)
				SELECT gen_random_uuid(), gen_random_uuid(), 'RISK', 'SUBMITTED', 'ONLINE', 5, 1, now(), now(), '', jsonb_build_object('description',
					left((`+sql+`), (? / (octet_length((`+sql+`))::float8 / length((`+sql+`))))::int)) RETURNING pg_column_size(search)`, bytes).Scan(t.Context(), &size)
			if err != nil {
				t.Errorf("%d bytes of %s: %v", bytes, name, err)
			}
		}
	}
}

// Placeholders may be longer than the names that were typed: a text that grew so
// beyond the limit keeps nobody from changing something else.
func TestATextThatGrewByItsPlaceholdersCanBeLeft(t *testing.T) {
	t.Parallel()
	s := newService(t)
	typed := strings.Repeat("Mr Ng. ", 20_000/7)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": typed, "patients": []any{map[string]any{"clinicalOutcome": typed}}})
	s.ok(s.update(organisational, id, 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
	got := s.ask(reporter, wholeText, map[string]any{"id": id})
	if dig[string](t, got, "data", "event", "description") != typed {
		t.Error("the description is not as typed")
	}
	shown := dig[string](t, s.ask(organisational, wholeText, map[string]any{"id": id}), "data", "event", "description")
	if len(shown) <= 20_000 {
		t.Fatalf("it is shown in %d characters", len(shown))
	}
	if got := problems(t, s.update(organisational, id, 2, map[string]any{"description": shown + "."}), "updateEvent"); fmt.Sprint(got) != "[TOO_LONG [event description]]" {
		t.Errorf("adding to it is answered %v", got)
	}
}

func TestARequestThatIsTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	response := must[*http.Response](t)(http.Post(s.server.URL+"/graphql", "application/json", strings.NewReader(`{"query":"`+strings.Repeat(" ", 4<<20)+`{ __typename }"}`)))
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %s", response.Status)
	}
}

// However many answers a patch gives, it is answered at once: comparing each
// with every other would take minutes.
func TestAPatchOfTooManyAnswersIsRefusedFirst(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aFall())
	answers := make([]any, 100_000)
	for i := range answers {
		answers[i] = map[string]any{"element": fmt.Sprintf("No.Such%d", i), "text": "x"}
	}
	if got := problems(t, s.update(reporter, id, 1, map[string]any{"answers": answers}), "updateEvent"); fmt.Sprint(got) != "[TOO_MANY [event answers]]" {
		t.Errorf("answered %v", got[:min(len(got), 5)])
	}
}
