package db

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/governance"
)

// Find answers the events with any of the ids or references, with what is asked
// for beside them.
func (s *Events) Find(ctx context.Context, scope authz.Scope, ids []uuid.UUID, references []string, with event.Beside) ([]event.Record, error) {
	o, err := openingOf(with)
	if err != nil {
		return nil, err
	}
	values := []any{storedIDs(ids), append([]string{}, references...)}
	return readStatement(ctx, s.db, o.statement(scope, len(ids) > 0, len(references) > 0), values, o.into, o.record)
}

// opening is how events are read with what stands beside them: in one statement, in
// which a list of rows comes along with each event.
type opening struct {
	with    event.Beside
	reviews *reviewsBeside // nil where they are not asked for
}

func openingOf(with event.Beside) (*opening, error) {
	o := &opening{with: with}
	for _, companion := range with.Companions {
		reviews, ok := companion.(*reviewsBeside)
		if !ok {
			return nil, fmt.Errorf("reading events: a %T cannot be read with them", companion)
		}
		o.reviews = reviews
	}
	return o, nil
}

// openingKey is what a statement asks for, beside whose it is.
type openingKey struct {
	byID, byReference                   bool
	parts                               event.Parts
	patients, revisions, reviews, words bool
}

// statement reads the events with some ids (slot 0) or references (slot 1).
func (o *opening) statement(scope authz.Scope, byID, byReference bool) statement {
	key := statementKey{of: openingKey{
		byID: byID, byReference: byReference, parts: o.with.Parts, patients: o.with.Patients, revisions: o.with.Revisions,
		reviews: o.reviews != nil, words: o.reviews != nil && o.reviews.words,
	}}
	make := func() statement { return statementOf(o.query(scope, called(byID, byReference))) }
	if o.reviews != nil {
		if key.beside = o.reviews.scope.Kept(); key.beside == nil {
			return make()
		}
	}
	return statementFor(scope, key, make)
}

// called is the condition that an event has one of the ids or references. Either is
// found by an index of its own, and a condition of both by two.
func called(byID, byReference bool) schema.QueryWithArgs {
	const ids, references = "e.id = ANY(?::uuid[])", "e.reference = ANY(?::text[])"
	switch {
	case !byReference:
		return bun.SafeQuery(ids, slot(0))
	case !byID:
		return bun.SafeQuery(references, slot(1))
	}
	return bun.SafeQuery("("+ids+" OR "+references+")", slot(0), slot(1))
}

// query reads the events of a condition as a scope shows them.
func (o *opening) query(scope authz.Scope, which schema.QueryWithArgs) schema.QueryWithArgs {
	rows, shows := scopeOf(scope, authz.Events)
	once := &decided{by: shows}
	columns := []any{shownColumns(once.of, o.with.Parts, nil)}
	add := func(list schema.QueryWithArgs) {
		columns = append(columns, bun.SafeQuery("ARRAY(SELECT ROW(o.*) FROM (?) AS o)", list))
	}
	if o.with.Patients {
		add(bun.SafeQuery("SELECT ? FROM event_patient AS p WHERE p.event_id = e.id ORDER BY p.sequence", patientColumns(once.of)))
	}
	if o.with.Revisions {
		add(bun.SafeQuery("SELECT ? FROM event_revision AS r WHERE r.event_id = e.id ORDER BY r.revision DESC",
			revisionColumns(once.of, scope.Principal().ID)))
	}
	if o.reviews != nil {
		add(o.reviews.rows())
	}
	sql := "SELECT ?" + strings.Repeat(", ?", len(columns)-1) + " FROM ?"
	return bun.SafeQuery(sql, append(columns, once.events(rows, which))...)
}

// openedRow is an event's row with the lists beside it.
type openedRow struct {
	shownRow
	patients  rowList[patientRow]
	revisions rowList[revisionRow]
	reviews   rowList[reviewRow]
}

// into is where a row of query goes.
func (o *opening) into(r *openedRow) []any {
	into := shownInto(o.with.Parts, nil)(&r.shownRow)
	if o.with.Patients {
		into = append(into, listInto(&r.patients, (*patientRow).into))
	}
	if o.with.Revisions {
		into = append(into, listInto(&r.revisions, (*revisionRow).into))
	}
	if o.reviews != nil {
		into = append(into, listInto(&r.reviews, (*reviewRow).into))
	}
	return into
}

// record is the row as the service takes it. What other nouns read goes to them.
func (o *opening) record(r *openedRow) event.Record {
	record := r.shownRow.record(o.with.Parts)
	if o.with.Patients {
		record.Patients = eachRow(r.patients, (*patientRow).record)
	}
	if o.with.Revisions {
		record.Revisions = eachRow(r.revisions, (*revisionRow).record)
	}
	if o.reviews != nil {
		reviews := eachRow(r.reviews, (*reviewRow).record)
		for i := range reviews {
			reviews[i].Did.Wordless = !o.reviews.words
		}
		o.reviews.of[r.ID] = reviews
	}
	return record
}

// reviewsBeside implements governance.ReviewsBeside.
type reviewsBeside struct {
	scope authz.Scope
	words bool // what was written in them is read
	of    map[uuid.UUID][]governance.ReviewRecord
}

// ReviewsBeside makes what Find fills with the reviews of the events that it finds.
func (s *Governance) ReviewsBeside(scope authz.Scope, words bool) governance.ReviewsBeside {
	return &reviewsBeside{scope: scope, words: words, of: map[uuid.UUID][]governance.ReviewRecord{}}
}

// BesideEvents says that reviews are read with events.
func (*reviewsBeside) BesideEvents() {}

// Of answers the reviews of an event that was read.
func (b *reviewsBeside) Of(event uuid.UUID) []governance.ReviewRecord { return b.of[event] }

// rows are the reviews of an event (e), which the reader sees, as they are shown them.
func (b *reviewsBeside) rows() schema.QueryWithArgs {
	rows, shows := scopeOf(b.scope, authz.Governance)
	did := didOf(shows, b.words)
	return bun.SafeQuery("SELECT ? FROM review AS g WHERE g.event_id = e.id AND ? ORDER BY g.started_at, g.id", reviewColumns(did, shows), rows)
}

// decided are what a scope shows of events, decided once of each event: its
// conditions are asked in many places of a statement.
type decided struct {
	by         shower
	conditions []any
}

// of names the column that tells whether an event (e) shows a class of field.
func (d *decided) of(class authz.Class) schema.QueryWithArgs {
	asked := d.by(class)
	if asked.Query == condition(authz.Filter{}).Query {
		return asked
	}
	at := slices.IndexFunc(d.conditions, func(known any) bool { return sameCondition(known.(schema.QueryWithArgs), asked) })
	if at < 0 {
		at = len(d.conditions)
		d.conditions = append(d.conditions, asked)
	}
	return bun.SafeQuery("e.shows_" + strconv.Itoa(at))
}

// events is a table of the events (e) that a scope admits and a condition names,
// with those columns. OFFSET keeps PostgreSQL from writing the conditions into each
// place that names them.
func (d *decided) events(rows, which schema.QueryWithArgs) schema.QueryWithArgs {
	sql := "(SELECT e.*"
	for i := range d.conditions {
		sql += ", ? AS shows_" + strconv.Itoa(i)
	}
	return bun.SafeQuery(sql+" FROM event AS e WHERE ? AND ? OFFSET 0) AS e", append(slices.Clone(d.conditions), rows, which)...)
}
