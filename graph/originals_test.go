package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/authz"
	"lfpse/internal/envelope"
	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
	"lfpse/policies"
)

// sealed is an event service of a test that knows its keys.
type sealed struct {
	*service
	options event.Options
}

func newSealed(t *testing.T) *sealed {
	s := newService(t)
	keys := filepath.Join(t.TempDir(), "texts.json")
	if err := envelope.Create(keys); err != nil {
		t.Fatal(err)
	}
	return &sealed{s, event.Options{
		Store: db.NewEvents(s.db.DB, nil), Policy: must[*policies.Authorizer](t)(policies.New(t.Context(), policies.Options{Geography: s.geography})),
		Geography: s.geography, Taxonomy: must[*taxonomy.Registry](t)(taxonomy.Load()), Redactor: redactor(),
		Sealer: must[*envelope.Sealer](t)(envelope.Open(keys)), Secret: []byte("a secret of the test's"),
		Zone: must[*time.Location](t)(time.LoadLocation("Europe/London")), Now: time.Now,
	}}
}

// as is a context in which somebody asks.
func (s *sealed) as(reader string) context.Context {
	s.t.Helper()
	var id uuid.UUID
	err := s.db.NewRaw("SELECT id FROM account WHERE email = ?", strings.ReplaceAll(reader, " ", ".")+"@staff.example").Scan(s.t.Context(), &id)
	if err != nil {
		s.t.Fatal(err)
	}
	p := authz.Principal{Kind: authz.Account, ID: id, GrantVersion: 1, Organisations: []string{"RGT"}}
	if role, ok := map[string]authz.Role{organisational: authz.Organisational, admin: authz.Admin}[reader]; ok {
		p.Grants = []authz.Grant{{ID: uuid.New(), Role: role, Area: authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}, From: time.Now().Add(-time.Hour)}}
	}
	return authz.NewContext(s.t.Context(), p)
}

func (s *sealed) recorded(events *event.Service, description string) uuid.UUID {
	s.t.Helper()
	view, problems, err := events.Record(s.as(reporter), event.Input{Kind: event.KindIncident, Description: &description}, nil)
	if err != nil || len(problems) > 0 {
		s.t.Fatal(err, problems)
	}
	return view.Key()
}

func describe(text string) event.Patch {
	return event.Patch{Description: event.Given[*string]{Value: &text, Is: true}}
}

func (s *sealed) readBy(events *event.Service, reader string, id uuid.UUID) string {
	s.t.Helper()
	views, err := events.FindByID(s.as(reader), []uuid.UUID{id})
	if err != nil {
		s.t.Fatal(err)
	}
	texts, err := events.Originals(s.as(reader), []event.TextKey{views[0].CurrentTexts()})
	if err != nil {
		s.t.Fatal(err)
	}
	text := views[0].Description(texts[views[0].CurrentTexts()].Texts)
	if text == nil {
		return ""
	}
	return *text
}

// Texts sealed before spans were sealed with them are read, and changed, as ever.
func TestOriginalsOfTheFormerFormAreRead(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	const typed = "Mrs Edith Pemberton fell."
	id := s.recorded(events, typed)
	blob := must[[]byte](t)(s.options.Sealer.Seal(must[[]byte](t)(json.Marshal(map[string]string{"description": typed})), fmt.Appendf(nil, "event:%s:1", id)))
	if _, err := s.db.NewRaw("UPDATE event_original SET sealed = ? WHERE event_id = ?", blob, id).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.readBy(events, reporter, id); got != typed {
		t.Errorf("its reporter reads %q", got)
	}
	_, problems, err := events.Update(s.as(organisational), id, 1, describe("Then Mrs [NAME 1] fell twice."))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if got := s.readBy(events, reporter, id); got != "Then Mrs Edith Pemberton fell twice." {
		t.Errorf("its reporter reads %q", got)
	}
	if _, problems, err = events.Update(s.as(reporter), id, 2, describe("edith pemberton rang.")); err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if got := s.readBy(events, organisational, id); got != "[NAME 1] rang." {
		t.Errorf("the others read %q", got)
	}
}

// A text that could not be anonymised is hidden: who does not read it leaves it
// as it is, and cannot take its place.
func TestAHiddenTextIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	const typed = "Mrs Edith Pemberton fell."
	id := s.recorded(events, typed)
	for _, statement := range []string{"UPDATE event SET texts = '{}', redaction_version = 'incomplete'", "UPDATE event_revision SET texts = '{}'"} {
		if _, err := s.db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	_, problems, err := events.Update(s.as(organisational), id, 1, describe("A fall."))
	if err != nil || len(problems) != 1 || strings.Join(problems[0].Path, ".") != "event.description" {
		t.Errorf("replacing it is answered %v, %v", problems, err)
	}
	very := event.LevelOfConcernVery
	_, problems, err = events.Update(s.as(organisational), id, 1, event.Patch{LevelOfConcern: event.Given[*event.LevelOfConcern]{Value: &very, Is: true}})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if got := s.readBy(events, organisational, id); got != "" {
		t.Errorf("an editor reads %q", got)
	}
	if got := s.readBy(events, reporter, id); got != typed {
		t.Errorf("its reporter reads %q", got)
	}
	var version string
	if err := s.db.NewRaw("SELECT redaction_version FROM event").Scan(t.Context(), &version); err != nil || version != "incomplete" {
		t.Errorf("it counts as redacted by %q, %v", version, err)
	}
	if _, problems, err = events.Update(s.as(reporter), id, 2, describe("Mrs Edith Pemberton slipped.")); err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if got := s.readBy(events, organisational, id); got != "Mrs [NAME 1] slipped." {
		t.Errorf("an editor reads %q after the reporter's update", got)
	}
}

// unsealing is a sealer that seals no more.
type unsealing struct{ event.Sealer }

var errNoKey = errors.New("there is no key")

func (unsealing) Seal([]byte, []byte) ([]byte, error) { return nil, errNoKey }

// undecided is a policy that decides nothing.
type undecided struct{ authz.Authorizer }

var errNoPolicy = errors.New("nothing is decided")

func (undecided) Scope(context.Context, authz.Principal, authz.Noun) (authz.Scope, error) {
	return authz.Scope{}, errNoPolicy
}

// Where an engine fails, nothing is changed.
func TestNothingIsChangedWithoutAnEngine(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	id := s.recorded(event.NewService(s.options), "Mrs Edith Pemberton fell.")
	withoutKey, withoutPolicy := s.options, s.options
	withoutKey.Sealer, withoutPolicy.Policy = unsealing{s.options.Sealer}, undecided{s.options.Policy}
	for name, c := range map[string]struct {
		options event.Options
		want    error
	}{"sealing": {withoutKey, errNoKey}, "deciding": {withoutPolicy, errNoPolicy}} {
		events := event.NewService(c.options)
		before := s.dump()
		_, _, updating := events.Update(s.as(reporter), id, 1, describe("A slip."))
		_, _, withdrawing := events.Withdraw(s.as(reporter), id, 1, "A mistake.")
		_, _, saving := events.SaveDraft(s.as(reporter), event.Input{Kind: event.KindRisk}, &id, nil)
		if name == "sealing" {
			_, _, saving = events.SaveDraft(s.as(reporter), event.Input{Kind: event.KindRisk}, nil, nil)
		}
		for operation, err := range map[string]error{"updating": updating, "withdrawing": withdrawing, "saving": saving} {
			if !errors.Is(err, c.want) {
				t.Errorf("%s without %s: %v", operation, name, err)
			}
		}
		if after := s.dump(); after != before {
			t.Errorf("without %s\nbefore %s\nafter  %s", name, before, after)
		}
	}
}

// An anonymous event that others update stays one: nobody is its reporter, and
// what is under seal alone stays there.
func TestAnAnonymousEventIsUpdatedByItsOrganisation(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	description, organisation, why := "Mrs Edith Pemberton fell.", "RGT", "My manager, Mr Quillfeather."
	receipt, problems, err := events.RecordAnonymously(t.Context(), event.Input{
		Kind: event.KindIncident, Description: &description, Organisation: &organisation,
		Answers: []*event.AnswerInput{{Element: "PractitionerDetails.WhyAnonymousOther", Text: &why}},
	}, []string{"8"}, nil)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	found := must[[]*event.View](t)(events.FindByReference(s.as(organisational), []string{receipt.Reference}))
	id := found[0].Key()
	if _, problems, err = events.Update(s.as(organisational), id, 1, describe("Mrs [NAME 1] slipped.")); err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	var row struct {
		Tied, Audited bool
		By            string
		Sealed        []byte
	}
	err = s.db.NewRaw(`SELECT e.recorded_by IS NOT NULL OR (SELECT f.recorded_by IS NOT NULL FROM event_revision AS f WHERE f.revision = 1) AS tied,
			EXISTS (SELECT FROM audit_entry AS a WHERE a.action = 'event.updated') AS audited,
			(SELECT a.first_name FROM account AS a WHERE a.id = r.recorded_by) AS by, o.sealed
		FROM event AS e JOIN event_revision AS r ON r.event_id = e.id AND r.revision = 2
		JOIN event_original AS o ON o.event_id = e.id AND o.revision = 2`).Scan(t.Context(), &row)
	if err != nil || row.Tied || !row.Audited || row.By != "Bethan" {
		t.Errorf("got %+v, %v", row, err)
	}
	opened := string(must[[]byte](t)(s.options.Sealer.Open(row.Sealed, fmt.Appendf(nil, "event:%s:2", id))))
	for _, typed := range []string{"Mrs Edith Pemberton slipped.", why} {
		if !strings.Contains(opened, typed) {
			t.Errorf("%q is lost from the original", typed)
		}
	}
	changes := event.Patch{Answers: event.Given[[]*event.AnswerInput]{Value: []*event.AnswerInput{{Element: "PractitionerDetails.WhyAnonymousOther", Text: &why}}, Is: true}}
	if _, problems, err = events.Update(s.as(organisational), id, 2, changes); err != nil || len(problems) != 1 {
		t.Errorf("giving the reason for its reporter is answered %v, %v", problems, err)
	}
}
