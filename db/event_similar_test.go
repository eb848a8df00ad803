package db_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// everything is the scope of a reader who is shown what every event says.
func everything() authz.Scope {
	all := authz.NewFilter("TRUE")
	return authz.NewScope(authz.Principal{}, authz.Events, all, map[authz.Class]authz.Filter{authz.TextAnonymised: all, authz.Structured: all}, nil, time.Time{})
}

// said makes n events that say something, and answers one of them.
func said(t *testing.T, d *db.DB, n int, description string) (id uuid.UUID) {
	t.Helper()
	err := d.NewRaw(`INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at, texts, redaction_version)
		SELECT gen_random_uuid(), gen_random_uuid(), 'INCIDENT', 'SUBMITTED', 'LRMS', 5, 1, now() + i * interval '1 s', now(), jsonb_build_object('description', ?::text), '1'
		FROM generate_series(1, ?) AS i RETURNING id`, description, n).Scan(t.Context(), &id)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func vocabularyOf(t *testing.T, events *db.Events, id uuid.UUID) (stems map[string]event.Word, v event.Vocabulary) {
	t.Helper()
	v, err := events.Vocabulary(t.Context(), everything(), []uuid.UUID{id})
	if err != nil {
		t.Fatal(err)
	}
	stems = map[string]event.Word{}
	for _, word := range v.Words[id] {
		stems[word.Stem] = word
	}
	return stems, v
}

// What it costs to look for a word is known of the most common ones, by the service's own role; others are no more common
// than those.
func TestWordsAreKnownByHowCommonTheyAre(t *testing.T) {
	t.Parallel()
	d := dbtest.Fresh(t)
	events := db.NewEvents(dbtest.AsService(t, d).DB, nil)
	said(t, d, 3000, "Somebody stumbled in the corridor.")
	said(t, d, 300, "The trolley in the corridor was broken.")
	id := said(t, d, 1, "At 14:30 a walrus, 12 of them, was in the corridor.")
	if _, err := d.ExecContext(t.Context(), "ANALYZE event"); err != nil {
		t.Fatal(err)
	}
	words, v := vocabularyOf(t, events, id)
	if len(words) != 2 {
		t.Errorf("the words are %v", words)
	}
	if corridor := words["corridor"]; corridor.Everywhere < 2500 || corridor.Among == 0 {
		t.Errorf("the most common word is %+v", corridor)
	}
	if walrus := words["walrus"]; walrus.Everywhere <= 0 || walrus.Everywhere > 500 || walrus.Among > 1 {
		t.Errorf("the rarest word is %+v", walrus)
	}
	if len(v.Latest) != 200 || !v.Others {
		t.Errorf("%d are the latest, others: %v", len(v.Latest), v.Others)
	}
}

// An event that says more than anybody reads is compared by as many words as others.
func TestTheWordsOfAnEventAreBounded(t *testing.T) {
	t.Parallel()
	d := dbtest.Fresh(t)
	var long strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&long, "word%dx ", i)
	}
	id := said(t, d, 2, long.String())
	if words, v := vocabularyOf(t, db.NewEvents(d.DB, nil), id); len(words) != 200 || len(v.Latest) != 2 || v.Others {
		t.Errorf("%d words, %d events, others: %v", len(words), len(v.Latest), v.Others)
	}
}

// Whatever a word is made of, it is looked for as it is.
func TestWordsAreLookedForAsTheyAre(t *testing.T) {
	t.Parallel()
	d := dbtest.Fresh(t)
	events := db.NewEvents(d.DB, nil)
	const odd = `https://x.example/a'b\c?d=1 o'clock C:\temp\file 'walrus' & ! | <-> ☎`
	one, other := said(t, d, 1, odd), said(t, d, 1, odd)
	words, v := vocabularyOf(t, events, one)
	var sought []string
	for stem := range words {
		sought = append(sought, stem)
	}
	asked := event.Comparing{First: 5, Each: []event.Comparison{{Event: one, Words: [event.Weights][]string{sought}, Total: len(sought), Sought: sought}}}
	for name, latest := range map[string][]uuid.UUID{"the latest": v.Latest, "the index": nil} {
		asked.Latest = latest
		found, err := events.Alike(t.Context(), everything(), asked)
		if err != nil || len(found) != 1 || found[0].Other != other || found[0].Score != 1 {
			t.Errorf("by %s %v are found of %q, %v", name, found, sought, err)
		}
	}
}
