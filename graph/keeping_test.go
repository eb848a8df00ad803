package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// What is kept of an anonymous request goes when its 24 hours are over, though
// nobody records another.
func TestAReceiptIsForgotten(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.raw(nobody, `mutation { recordEventAnonymously(input: {event: {kind: INCIDENT, description: "A fall.", organisation: "RGT"}, reasons: ["4"], idempotencyKey: "once"}) { receipt { reference } } }`, nil)
	recorded := time.Now()
	for _, c := range []struct {
		after time.Duration
		kept  int
	}{{23 * time.Hour, 1}, {24 * time.Hour, 0}} {
		if err := db.NewEvents(s.db.DB, nil).ForgetReceipts(t.Context(), recorded.Add(c.after)); err != nil {
			t.Fatal(err)
		}
		var kept int
		if err := s.db.NewRaw(`SELECT count(*) FROM anonymous_receipt`).Scan(t.Context(), &kept); err != nil || kept != c.kept {
			t.Errorf("after %v %d are kept, not %d: %v", c.after, kept, c.kept, err)
		}
	}
}

// An event says by which way it came.
func TestWhatASystemRecordsComesFromASystem(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	text := "A fall."
	for _, c := range []struct {
		by   authz.Principal
		want event.Source
	}{
		{authz.Principal{Kind: authz.Client, ID: uuid.New(), Organisations: []string{"RGT"}}, event.SourceLrms},
		{authz.FromContext(s.as(reporter)), event.SourceOnline},
	} {
		submission, err := events.Prepare(&event.Input{Kind: event.KindIncident, Description: &text}, c.by, time.Now(), nil)
		if err != nil || submission.Row.Source != c.want {
			t.Errorf("what %s records has source %s: %v", c.by.Kind, submission.Row.Source, err)
		}
	}
}

// The log names a field that failed as the schema does: an alias is whatever
// its caller typed.
func TestTheLogNamesAFailedFieldAsTheSchemaDoes(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aWholeIncident())
	s.exec(`ALTER TABLE event_patient RENAME TO gone`)
	s.exec(`ALTER TABLE event_revision RENAME TO gone_too`)
	for document, want := range map[string]string{
		`query($id: ID!) { quillfeather: events(first: 5) { nodes { pemberton: patients { sequence } } } event(id: $id) { id } }`:     "object=Event field=patients",
		`query($id: ID!) { quillfeather: event(id: $id) { pemberton: patients { sequence } } }`:                                       "object=Query field=event",
		`query($id: ID!) { quillfeather: events(first: 5) { edges { node { pemberton: revisions { at } } } } event(id: $id) { id } }`: "object=Event field=revisions",
		`mutation($id: ID!) { quillfeather: withdrawEvent(input: {id: $id, revision: 1, reason: "A mistake."}) { event { id } } }`:    "object=Mutation field=withdrawEvent",
	} {
		before := len(s.log.String())
		if answer := s.raw(reporter, document, map[string]any{"id": id}); !strings.Contains(answer, `"INTERNAL"`) {
			t.Errorf("%s is answered %s", document, answer)
		}
		logged := s.log.String()[before:]
		if !strings.Contains(logged, want) || strings.Contains(logged, "quillfeather") || strings.Contains(logged, "pemberton") {
			t.Errorf("it is logged: %s", logged)
		}
	}
}
