package graph_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"lfpse/internal/taxonomy"
)

// planted identify somebody in every way that the redaction engine knows of so
// far; each stands in every text field.
var planted = []string{"Pemberton", "943 476 5919", "edith.p@mail.example", "07700 900123", "CB2 0QQ", "Kapoor", "Okonkwo", "778100423", "asha.k@mail.example"}

const everyIdentifier = "Mrs Edith Pemberton, NHS number 943 476 5919, edith.p@mail.example, 07700 900123, lives at CB2 0QQ. Written by Asha Kapoor. Dr Okonkwo came."

const everyText = `fragment All on Event {
	description reporterContact
	details {
		... on IncidentDetails { immediateActions wentWell answers { ...Answered } }
		... on OutcomeDetails { immediateActions answers { ...Answered } }
		... on RiskDetails { population answers { ...Answered } }
		... on GoodCareDetails { strengths howToRepeat answers { ...Answered } }
	}
	patients { clinicalOutcome }
	revisions { description }
}
fragment Answered on Answer { element text codings { code label } }`

func TestNoIdentifierReachesAnybodyButItsReporter(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": everyIdentifier, "reporterContact": theContact,
		"incident": map[string]any{"immediateActions": everyIdentifier, "wentWell": everyIdentifier},
		"patients": []any{map[string]any{"clinicalOutcome": everyIdentifier}},
		"answers":  []any{map[string]any{"element": "AdverseEventProblemPeople.ProblemDescriptionInvolvement", "text": everyIdentifier}},
	})
	documents := map[string]string{
		"event":  `query($id: ID!) { event(id: $id) { ...All } } ` + everyText,
		"events": `{ events { nodes { ...All } totalCount } } ` + everyText,
		"entity": `query($id: ID!) { _entities(representations: [{__typename: "Event", id: $id}]) { ... on Event { ...All } } } ` + everyText,
		"area":   `{ organisation(odsCode: "RGT") { events { nodes { ...All } edges { node { ...All } } } } } ` + everyText,
	}
	for name, document := range documents {
		t.Run(name+"/the text is there, anonymised", func(t *testing.T) {
			if answer := s.raw(organisational, document, variables(name, id)); strings.Count(answer, "[NHS NUMBER]") < 6 {
				t.Errorf("got %s", answer)
			}
		})
		for _, reader := range []string{colleague, organisational, admin, readOnlyICB, readOnlyRegion, elsewhere, adminElsewhere, lead, nobody} {
			t.Run(name+"/"+reader, func(t *testing.T) {
				answer := s.raw(reader, document, variables(name, id))
				for _, identifier := range planted {
					if strings.Contains(answer, identifier) {
						t.Errorf("%q leaks: %s", identifier, answer)
					}
				}
			})
		}
	}
	t.Run("its reporter reads what was typed", func(t *testing.T) {
		answer := s.raw(reporter, documents["event"], map[string]any{"id": id})
		if got := strings.Count(answer, everyIdentifier); got != 6 || !strings.Contains(answer, "bleep 778100423") {
			t.Errorf("%d of 6 texts are as typed: %s", got, answer)
		}
	})
	t.Run("the log and the database's own columns", func(t *testing.T) {
		var columns string
		err := s.db.NewRaw(`SELECT concat((SELECT jsonb_agg(to_jsonb(e)) FROM event AS e WHERE e.reference = ?),
			(SELECT jsonb_agg(to_jsonb(r)) FROM event_revision AS r), (SELECT jsonb_agg(to_jsonb(a)) FROM audit_entry AS a))`, reference).
			Scan(t.Context(), &columns)
		if err != nil {
			t.Fatal(err)
		}
		for _, identifier := range planted {
			if strings.Contains(s.log.String(), identifier) {
				t.Errorf("%q is in the log", identifier)
			}
			if strings.Contains(columns, identifier) {
				t.Errorf("%q is in the database in clear", identifier)
			}
		}
	})
}

const theContact = "bleep 778100423 or asha.k@mail.example"

// Every text that any kind of event asks for, "other" answers included, filled in from the questionnaire.
func TestNoIdentifierTypedIntoAnyTextReachesAnybodyElse(t *testing.T) {
	t.Parallel()
	s := newService(t)
	typedInto := map[string]bool{}
	words := func(element string) string {
		typedInto[element] = true
		if element == "PractitionerDetails.ReporterContact" {
			return theContact
		}
		return everyIdentifier
	}
	for _, kind := range taxonomy.Kinds() {
		for filled := range fillings(t, s.form(nobody, kind), kind, false, words) {
			s.record(reporter, filled.event)
		}
		for filled := range fillings(t, s.form(nobody, kind), kind, true, words) {
			filled.event["organisation"] = "RGT"
			filled.event["answers"] = slices.DeleteFunc(filled.event["answers"].([]any), func(answer any) bool {
				return at(answer, "element") == "PractitionerDetails.ReporterOrganisationOther" // there is one now
			})
			answer := s.ask(nobody, recordAnonymously, map[string]any{"event": filled.event, "reasons": filled.reasons})
			if at(answer, "data", "recordEventAnonymously", "receipt") == nil {
				t.Fatalf("an anonymous event is refused: %v", answer)
			}
		}
	}
	for _, e := range must[*taxonomy.Registry](t)(taxonomy.Load()).Latest().Elements() {
		if e.FreeText() && !typedInto[e.Path] {
			t.Errorf("nothing was typed into %s", e.Path)
		}
	}
	everyReader := slices.DeleteFunc(slices.Clone(readers), func(reader string) bool { return reader == reporter })
	for _, reader := range everyReader {
		t.Run(reader, func(t *testing.T) {
			s.t = t
			for _, kind := range taxonomy.Kinds() {
				answer := s.raw(reader, `query($kind: EventKind!) { events(filter: {kind: [$kind]}, first: 200) { nodes { ...All } totalCount pageInfo { hasNextPage } } } `+everyText, map[string]any{"kind": kind})
				none := reader == nobody || reader == colleague || reader == elsewhere || reader == adminElsewhere
				if !none && strings.Count(answer, "[NHS NUMBER]") < 100 {
					t.Errorf("hardly any text of %s is shown: %.2000s", kind, answer)
				}
				if strings.Contains(answer, `"hasNextPage":true`) {
					t.Errorf("some of %s were not read", kind)
				}
				if strings.Contains(answer, "WhyAnonymous") {
					t.Errorf("%s tells why its reporter stayed anonymous", kind)
				}
				noneOf(t, answer, "the answer about "+kind)
			}
		})
	}
	s.t = t
	noneOf(t, s.log.String(), "the log")
	for _, table := range s.tables() {
		noneOf(t, s.rows(table), table)
	}
}

// noneOf looks for what was planted, in clear or as a column of bytes would show it.
func noneOf(t *testing.T, text, where string) {
	t.Helper()
	text = strings.ToLower(text)
	for _, identifier := range planted {
		identifier = strings.ToLower(identifier)
		if i := strings.Index(text, identifier); i >= 0 {
			t.Errorf("%q is in %s: …%s…", identifier, where, text[max(0, i-200):min(len(text), i+200)])
		}
		if strings.Contains(text, hex.EncodeToString([]byte(identifier))) {
			t.Errorf("%q is in %s, unsealed", identifier, where)
		}
	}
}

// tables lists the tables of the database, but those of accounts, which hold their own names.
func (s *service) tables() (names []string) {
	s.t.Helper()
	err := s.db.NewRaw(`SELECT table_name FROM information_schema.tables
		WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'account%' ORDER BY 1`).Scan(s.t.Context(), &names)
	if err != nil || !slices.Contains(names, "event") || !slices.Contains(names, "event_original") {
		s.t.Fatalf("the tables are %v: %v", names, err)
	}
	return names
}

// rows answers every row of a table as text.
func (s *service) rows(table string) (text string) {
	s.t.Helper()
	err := s.db.NewRaw("SELECT coalesce(string_agg(to_jsonb(r)::text, ' '), '') FROM ? AS r", bun.Ident(table)).Scan(s.t.Context(), &text)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// variables are those of a document: lists take none.
func variables(name, id string) map[string]any {
	if name == "events" || name == "area" {
		return nil
	}
	return map[string]any{"id": id}
}

// Whatever is wrong with a request, its error repeats nothing of it.
func TestNoErrorRepeatsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, document := range map[string]string{
		"a syntax error":        `{ events(filter: {kind: "Pemberton" `,
		"a wrong enum":          `{ events(filter: {kind: [Pemberton]}) { totalCount } }`,
		"a wrong scalar":        `{ organisation(odsCode: "Pemberton!") { id } }`,
		"a wrong date":          `{ events(filter: {occurredFrom: "Pemberton"}) { totalCount } }`,
		"a wrong number":        `{ events(first: "Pemberton") { totalCount } }`,
		"a wrong cursor":        `{ events(after: "Pemberton") { totalCount } }`,
		"a reference of nobody": `{ event(reference: "Pemberton") { id } }`,
		"an id of nothing":      `{ node(id: "Pemberton") { id } }`,
		"an unknown code":       `mutation { recordEvent(input: {event: {kind: INCIDENT, specialty: "Pemberton", organisation: "PEMBERTON"}}) { userErrors { message path } } }`,
		"an unknown type":       `{ _entities(representations: [{__typename: "Pemberton", id: "Pemberton"}]) { __typename } }`,
	} {
		t.Run(name, func(t *testing.T) {
			answer := s.raw(reporter, document, nil)
			if strings.Contains(strings.ToLower(answer), "pemberton") {
				t.Errorf("the answer repeats it: %s", answer)
			}
		})
	}
	if strings.Contains(strings.ToLower(s.log.String()), "pemberton") {
		t.Errorf("the log repeats it: %s", s.log)
	}
}
