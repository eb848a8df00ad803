package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// What is typed comes back byte for byte, however it is written.
func TestTextsComeBackByteForByte(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, text := range map[string]string{
		"composed":               "caf\u00e9 \u1e69",
		"decomposed":             "cafe\u0301 s\u0323\u0307",
		"right to left":          "\u05e9\u05dc\u05d5\u05dd \u202efell\u202c \u0645\u0631\u064a\u0636",
		"emoji":                  "\U0001F469\u200D\u2695\uFE0F \U0001F1EC\U0001F1E7 \U0001F468\u200D\U0001F469\u200D\U0001F467",
		"line ends":              "one\r\ntwo\rthree\n\tfour\u2028five\u2029six\u0085",
		"spaces":                 "  \u00a0two\u3000 spaces \ufeff\u200b ",
		"controls":               "\x01\x07\x1b[31mred\x7f",
		"no characters":          "\ufffe\uffff\U0001ffff \ufdd0fell\ufdd1",
		"replacement":            "\ufffd",
		"quotes and backslashes": `\u0000 \\ "' \" $$ ?0 ?? E'\x' %s {{.}} </script> [NAME 1] [hidden]`,
		"the last character":     "\U0010ffff",
		"letters that fold":      "\u0130stanbul \u1e9e \ufb03 \u212a",
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			typed := map[string]any{
				"kind": "INCIDENT", "description": text + ".", "reporterContact": text + "!",
				"incident": map[string]any{"immediateActions": text + "?", "wentWell": text + ";"},
				"patients": []any{map[string]any{"clinicalOutcome": text + ":"}},
			}
			drafted, _ := s.draft(reporter, typed)
			s.whole(drafted, typed)
			s.ok(s.ask(reporter, submit, map[string]any{"id": drafted}), "submitDraft")
			s.whole(drafted, typed)
			recorded, _ := s.record(reporter, typed)
			s.whole(recorded, typed)
			s.ok(s.update(reporter, recorded, 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
			s.ok(s.update(organisational, recorded, 2, map[string]any{"levelOfConcern": "NOT_VERY"}), "updateEvent")
			s.whole(recorded, typed)
			if got := s.changedIn(recorded); fmt.Sprint(got) != "[levelOfConcern]" {
				t.Errorf("changed %v", got)
			}
			s.ok(s.withdrawn(reporter, recorded, 3, text+"."), "withdrawEvent")
			answer := s.ask(reporter, `query($id: ID!) { event(id: $id) { withdrawal { reason } } }`, map[string]any{"id": recorded})
			if got := dig[string](t, answer, "data", "event", "withdrawal", "reason"); got != text+"." {
				t.Errorf("the reason is %q", got)
			}
		})
	}
}

// Half a surrogate pair is no character. It becomes U+FFFD where JSON is read,
// and nothing around it is lost. Bytes that are no UTF-8 are no JSON.
func TestWhatIsNoCharacterIsReplacedOrRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for typed, want := range map[string]string{
		`fell \ud83d twice`: "fell \ufffd twice", `fell \ude00\ud83d twice`: "fell \ufffd\ufffd twice", `\ud83d\ude00`: "\U0001F600", "fell \xff twice": "",
	} {
		body := `{"query":"mutation($d: String!) { recordEvent(input: {event: {kind: INCIDENT, description: $d}}) { event { description } } }","variables":{"d":"` + typed + `"}}`
		request := must[*http.Request](t)(http.NewRequest(http.MethodPost, s.server.URL+"/graphql", bytes.NewReader([]byte(body))))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", "Bearer "+s.tokens[reporter])
		response := must[*http.Response](t)(http.DefaultClient.Do(request))
		var answer map[string]any
		if err := json.Unmarshal(must[[]byte](t)(io.ReadAll(response.Body)), &answer); err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if want == "" {
			if answer["data"] != nil || answer["errors"] == nil {
				t.Errorf("%q is answered %v", typed, answer)
			}
			continue
		}
		if got := dig[string](t, answer, "data", "recordEvent", "event", "description"); got != want {
			t.Errorf("%q is kept as %q", typed, got)
		}
	}
}

// Characters that bound matches inside the service mark nothing when typed.
func TestNothingTypedIsTakenForAMatch(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "One \ufdd0wet\ufdd1 floor, another \ufdd0floor."})
	if _, highlights := s.found(organisational, `filter: {search: "floor"}`, nil); !slices.Equal(highlights, []string{"<mark>floor</mark>, another <mark>floor</mark>"}) {
		t.Errorf("got %q", highlights)
	}
}

// Whatever day is asked for, there is an answer: all days are days, but the year
// 0 is none.
func TestTheFirstAndTheLastDays(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredOn": "2024-02-29"})
	for filter, want := range map[string]string{
		`occurredFrom: "0001-01-01", occurredTo: "9999-12-31"`:                          `{"data":{"events":{"totalCount":1}}}`,
		`recordedFrom: "0001-01-01T00:00:00Z", recordedTo: "9999-12-31T23:59:59-14:00"`: `{"data":{"events":{"totalCount":1}}}`,
		`occurredFrom: "2024-02-29", occurredTo: "2024-02-29"`:                          `{"data":{"events":{"totalCount":1}}}`,
		`occurredFrom: "0000-12-31"`:                                                    "a day is written",
		`recordedFrom: "0001-01-01T00:00:00+00:01"`:                                     "an instant is written",
		`occurredFrom: "2023-02-29"`:                                                    "a day is written",
	} {
		if got := s.raw(reporter, `{ events(filter: {`+filter+`}) { totalCount } }`, nil); !strings.Contains(got, want) {
			t.Errorf("%s is answered %s", filter, got)
		}
	}
}

// A clock that goes back, on this machine or from one to the next, does not make
// what comes later earlier.
func TestAClockThatGoesBack(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.later = time.Hour
	drafted, _ := s.draft(reporter, aFall())
	id, _ := s.record(reporter, aFall())
	s.later = 0
	for _, change := range []func(){
		func() { s.ok(s.update(reporter, id, 1, map[string]any{"description": "A slip."}), "updateEvent") },
		func() { s.ok(s.withdrawn(reporter, id, 2, "A mistake."), "withdrawEvent") },
	} {
		before := s.updatedAt(id)
		change()
		if after := s.updatedAt(id); !after.After(before) {
			t.Errorf("changed at %s, after %s", after, before)
		}
	}
	before := s.updatedAt(drafted)
	s.ok(s.ask(reporter, submit, map[string]any{"id": drafted}), "submitDraft")
	if after := s.updatedAt(drafted); !after.After(before) {
		t.Errorf("submitted at %s, saved at %s", after, before)
	}
}

func (s *service) updatedAt(id string) time.Time {
	s.t.Helper()
	answer := s.ask(reporter, `query($id: ID!) { event(id: $id) { updatedAt } }`, map[string]any{"id": id})
	return must[time.Time](s.t)(time.Parse(time.RFC3339Nano, dig[string](s.t, answer, "data", "event", "updatedAt")))
}
