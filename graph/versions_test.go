package graph_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lfpse/internal/taxonomy"
)

// twoVersions are the taxonomy's version 5 and a version 6 of the test's own.
func twoVersions(t *testing.T) *taxonomy.Registry {
	t.Helper()
	files := fstest.MapFS{}
	for _, version := range []string{"../internal/taxonomy/v5", "testdata/taxonomy/v6"} {
		for _, path := range must[[]string](t)(filepath.Glob(version + "/*.csv")) {
			files[filepath.Base(version)+"/"+filepath.Base(path)] = &fstest.MapFile{Data: must[[]byte](t)(os.ReadFile(path))}
		}
	}
	return must[*taxonomy.Registry](t)(taxonomy.LoadFrom(files))
}

const detailsOfVersion = `query($id: ID!) { event(id: $id) { taxonomyVersion details { ... on IncidentDetails {
	process { label } answers { element question codings { system code label } text } } } } }`

// What a record is asked, and what its codes say, is as its own version has it.
func TestEachRecordIsReadByItsOwnVersionOfTheTaxonomy(t *testing.T) {
	t.Parallel()
	s := newServiceWith(t, twoVersions(t))
	id, reference := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": "A queue.", "incident": map[string]any{"process": "1"},
		"answers": []any{
			map[string]any{"element": "Staffing.Differed", "codes": []string{"true"}},
			map[string]any{"element": "Staffing.Number", "codes": []string{"12"}},
			map[string]any{"element": "Staffing.Day", "codes": []string{"2026-10-02"}},
			map[string]any{"element": "Staffing.Time", "codes": []string{"14:30"}},
			map[string]any{"element": "Staffing.Agencies", "codes": []string{"RGT", "RR8"}},
			map[string]any{"element": "Staffing.Names", "text": "A nurse\nA porter"},
		},
	})
	latest := s.raw(reporter, detailsOfVersion, map[string]any{"id": id})
	for _, want := range []string{
		`"taxonomyVersion":6`, `"process":{"label":"Coming in"}`, `"question":"Did it matter who was there?"`,
		`{"system":"boolean","code":"true","label":"Yes"}`, `{"system":"integer","code":"12","label":"12"}`,
		`{"system":"date","code":"2026-10-02","label":"2026-10-02"}`, `{"system":"time","code":"14:30","label":"14:30"}`,
		`{"system":"ods-codes","code":"RR8","label":"Leeds Teaching Hospitals NHS Trust"}`, `"text":"A nurse\nA porter"`,
	} {
		if !strings.Contains(latest, want) {
			t.Errorf("the latest version's record does not say %s: %s", want, latest)
		}
	}
	if _, err := s.db.NewRaw("UPDATE event SET taxonomy_version = 5 WHERE reference = ?", reference).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	older := s.raw(reporter, detailsOfVersion, map[string]any{"id": id})
	for _, want := range []string{`"taxonomyVersion":5`, `"process":{"label":"The patient was accessing healthcare, treatment, or advice"}`} {
		if !strings.Contains(older, want) {
			t.Errorf("the older version's record does not say %s: %s", want, older)
		}
	}
}

func TestNewRecordsAreCheckedByTheLatestVersion(t *testing.T) {
	t.Parallel()
	s := newServiceWith(t, twoVersions(t))
	answer := s.raw(reporter, recordAnything, map[string]any{"event": map[string]any{
		"kind": "INCIDENT", "description": "A queue.", "levelOfConcern": "VERY", "incident": map[string]any{"process": "3"},
		"answers": []any{
			map[string]any{"element": "LocationDetails.LocationWithinService", "codes": []string{"1"}},
			map[string]any{"element": "Staffing.Differed", "codes": []string{"perhaps"}},
			map[string]any{"element": "Staffing.Number", "codes": []string{"012"}},
			map[string]any{"element": "Staffing.Day", "codes": []string{"2026-10"}},
			map[string]any{"element": "Staffing.Time", "codes": []string{"2 pm"}},
			map[string]any{"element": "Staffing.Agencies", "codes": []string{"XXX"}},
			map[string]any{"element": "Staffing.Names", "text": "A nurse\nA porter\nA cook"},
		},
	}})
	for _, want := range []string{
		`{"code":"NOT_APPLICABLE","message":"This is not asked of this kind of event.","path":["event","levelOfConcern"]}`,
		`"code":"UNKNOWN_CODE","message":"Give a code of the code system healthcare-process.","path":["event","incident","process"]`,
		`"path":["event","answers","0","element"]`,
		`"code":"INVALID","message":"Give true or false.","path":["event","answers","1","codes","0"]`,
		`"code":"NOT_APPLICABLE","message":"This is asked only where “Was it on the way in or out?” (incident.process) is answered with “Coming in”; see to that first, or leave this out.","path":["event","answers","1","element"]`,
		`"code":"INVALID","message":"Give a whole number, in digits alone.","path":["event","answers","2","codes","0"]`,
		`"code":"INVALID","message":"Write the date 2026-10-02.","path":["event","answers","3","codes","0"]`,
		`"code":"INVALID","message":"Write the time 14:30.","path":["event","answers","4","codes","0"]`,
		`"code":"UNKNOWN_CODE","message":"Give the ODS code of an open organisation; organisations(filter: {search}) finds it.","path":["event","answers","5","codes","0"]`,
		`"code":"TOO_MANY","message":"At most 2, one to a line.","path":["event","answers","6","text"]`,
	} {
		if !strings.Contains(answer, want) {
			t.Errorf("want %s in %s", want, answer)
		}
	}
}

func TestQuestionnairesAndCodesAreReadByVersion(t *testing.T) {
	t.Parallel()
	s := newServiceWith(t, twoVersions(t))
	for document, want := range map[string]string{
		`{ questionnaire(kind: INCIDENT) { taxonomyVersion sections { title } } }`:                                      `{"questionnaire":{"taxonomyVersion":6,"sections":[{"title":"What took place"},{"title":"Who was there"}]}}`,
		`{ questionnaire(kind: RISK) { sections { questions { text required } } } }`:                                    `{"questionnaire":{"sections":[{"questions":[{"text":"What took place?","required":true}]}]}}`,
		`{ codeSystems { id version } }`:                                                                                `{"codeSystems":[{"id":"healthcare-process","version":6}]}`,
		`{ codeSystem(id: "healthcare-process", taxonomyVersion: 5) { version codes(search: "self-care") { label } } }`: `{"codeSystem":{"version":5,"codes":[{"label":"Self-care or safety-netting"}]}}`,
		`{ codeSystem(id: "gender") { id } }`:                                                                           `{"codeSystem":null}`,
	} {
		if got := strings.TrimSpace(s.raw(nobody, document, nil)); got != `{"data":`+want+`}` {
			t.Errorf("%s\ngot  %s\nwant %s", document, got, want)
		}
	}
	if got := s.raw(nobody, `{ questionnaire(kind: RISK, taxonomyVersion: 5) { taxonomyVersion sections { questions { text } } } }`, nil); !strings.Contains(got, `"taxonomyVersion":5`) || !strings.Contains(got, "What is the risk?") {
		t.Errorf("version 5 asks %s", got)
	}
}

// underVersion makes an event one that was recorded, or saved, under a version
// of the taxonomy.
func (s *service) underVersion(id string, version int) {
	s.t.Helper()
	_, err := s.db.NewRaw("UPDATE event SET taxonomy_version = ? WHERE replace(id::text, '-', '') = ?", version, strings.TrimPrefix(id, "event_")).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
}

// What an event's codes mean was settled when it was recorded: an update is
// checked by the same version, and does not move it to another.
func TestAnEventKeepsItsVersionOfTheTaxonomyForLife(t *testing.T) {
	t.Parallel()
	s := newServiceWith(t, twoVersions(t))
	coded := map[string]any{"kind": "INCIDENT", "description": "A queue.", "incident": map[string]any{"process": "1"}}
	older, _ := s.record(reporter, coded)
	s.underVersion(older, 5)
	newer, _ := s.record(reporter, coded)
	for id, c := range map[string]struct {
		patch map[string]any
		wants string
	}{
		older: {
			map[string]any{"levelOfConcern": "VERY", "incident": map[string]any{"process": "7"}},
			`{"taxonomyVersion":5,"details":{"process":{"label":"Evaluation, review, monitoring or follow-up"}`,
		},
		newer: {
			map[string]any{"incident": map[string]any{"process": "2"}},
			`{"taxonomyVersion":6,"details":{"process":{"label":"Going out"}`,
		},
	} {
		s.ok(s.update(reporter, id, 1, c.patch), "updateEvent")
		if got := s.raw(reporter, detailsOfVersion, map[string]any{"id": id}); !strings.Contains(got, c.wants) {
			t.Errorf("want %s in %s", c.wants, got)
		}
	}
	if got := problems(t, s.update(reporter, newer, 2, map[string]any{"levelOfConcern": "VERY", "incident": map[string]any{"process": "7"}}), "updateEvent"); !slices.Equal(got, []string{"NOT_APPLICABLE [event levelOfConcern]", "UNKNOWN_CODE [event incident process]"}) {
		t.Errorf("an event of version 6 takes answers of version 5: %v", got)
	}
	staffing := map[string]any{"answers": []any{map[string]any{"element": "Staffing.Number", "codes": []string{"12"}}}}
	if got := problems(t, s.update(reporter, older, 2, staffing), "updateEvent"); !slices.Equal(got, []string{"UNKNOWN_CODE [event answers 0 element]"}) {
		t.Errorf("an event of version 5 takes answers of version 6: %v", got)
	}
}

// A draft is nothing yet: what is submitted today is recorded under today's
// version.
func TestADraftIsSubmittedUnderTheLatestVersion(t *testing.T) {
	t.Parallel()
	s := newServiceWith(t, twoVersions(t))
	id, _ := s.draft(reporter, map[string]any{"kind": "INCIDENT", "description": "A queue.", "incident": map[string]any{"process": "7"}})
	s.underVersion(id, 5)
	if got := problems(t, s.ask(reporter, submit, map[string]any{"id": id}), "submitDraft"); !slices.Equal(got, []string{"UNKNOWN_CODE [incident process]"}) {
		t.Errorf("submitting codes of version 5 is answered %v", got)
	}
	s.ok(s.ask(reporter, save, map[string]any{"id": id, "event": map[string]any{"kind": "INCIDENT", "description": "A queue.", "incident": map[string]any{"process": "2"}}}), "saveDraft")
	s.underVersion(id, 5)
	s.ok(s.ask(reporter, submit, map[string]any{"id": id}), "submitDraft")
	if got := s.raw(reporter, detailsOfVersion, map[string]any{"id": id}); !strings.Contains(got, `{"taxonomyVersion":6,"details":{"process":{"label":"Going out"}`) {
		t.Errorf("got %s", got)
	}
}

// A newer copy of the service may run beside an older one. What it recorded
// under a version that the older one has not is read there with its codes
// alone, and changed only where they are understood.
func TestAnEventOfAnUnknownVersionIsReadAndNotChanged(t *testing.T) {
	t.Parallel()
	s := newServiceWith(t, twoVersions(t))
	id, _ := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": "A queue.", "incident": map[string]any{"process": "1"},
		"answers": []any{map[string]any{"element": "Staffing.Agencies", "codes": []string{"RGT"}}, map[string]any{"element": "Staffing.Names", "text": "A nurse"}},
	})
	other, _ := s.record(reporter, map[string]any{"kind": "RISK", "description": "A gap."})
	s.underVersion(id, 7)
	for _, reader := range []string{reporter, organisational} {
		got := s.raw(reader, `{ events(first: 5) { nodes { id taxonomyVersion description details { ... on IncidentDetails { process { code label } answers { element codings { code } text } } } } } }`, nil)
		if !strings.Contains(got, `"taxonomyVersion":7,"description":"A queue.","details":{"process":{"code":"1","label":""},"answers":[{"element":"Staffing.Agencies","codings":[{"code":"RGT"}],"text":null},{"element":"Staffing.Names","codings":[],"text":"A nurse"}]}`) || !strings.Contains(got, other) {
			t.Errorf("%s lists %s", reader, got)
		}
	}
	before := s.dump()
	if got := code(t, s.update(reporter, id, 1, map[string]any{"description": "Lost."})); got != "INTERNAL" {
		t.Errorf("updating it is answered %q", got)
	}
	if after := s.dump(); after != before {
		t.Errorf("\nbefore %s\nafter  %s", before, after)
	}
	s.ok(s.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
}
