package db

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/governance"
)

// Find answers the events with any of the ids or references, with what is asked
// for beside them.
func (s *Events) Find(ctx context.Context, scope authz.Scope, ids []uuid.UUID, references []string, with event.Beside) ([]event.Record, error) {
	o, err := openingOf(scope, with)
	if err != nil {
		return nil, err
	}
	return readPrepared(ctx, s.db, o.query(named(ids, references)), o.into, o.record)
}

// named is the condition that an event has one of the ids or references. Either is
// found by an index of its own, and a condition of both by two.
func named(ids []uuid.UUID, references []string) schema.QueryWithArgs {
	switch {
	case len(references) == 0:
		return bun.SafeQuery("e.id = ANY(?::uuid[])", uuids(ids))
	case len(ids) == 0:
		return bun.SafeQuery("e.reference = ANY(?)", pgdialect.Array(references))
	}
	return bun.SafeQuery("(e.id = ANY(?::uuid[]) OR e.reference = ANY(?))", uuids(ids), pgdialect.Array(references))
}

// opening is how events are read with what stands beside them: in one statement, in
// which a list of rows comes along with each event.
type opening struct {
	with    event.Beside
	reviews *reviewsBeside // nil where they are not asked for

	rows    schema.QueryWithArgs
	columns schema.QueryWithArgs
	shows   *decided
	lists   []any
}

func openingOf(scope authz.Scope, with event.Beside) (*opening, error) {
	rows, shows := scopeOf(scope, authz.Events)
	o := &opening{with: with, rows: rows, shows: &decided{by: shows}}
	for _, companion := range with.Companions {
		switch c := companion.(type) {
		case *reviewsBeside:
			o.reviews = c
		default:
			return nil, fmt.Errorf("reading events: a %T cannot be read with them", companion)
		}
	}
	o.columns = shownColumns(o.shows.of, event.Everything)
	o.list(scope.Principal().ID)
	return o, nil
}

// list adds what is read beside each event.
func (o *opening) list(reader uuid.UUID) {
	add := func(rows schema.QueryWithArgs) {
		o.lists = append(o.lists, bun.SafeQuery("ARRAY(SELECT ROW(o.*) FROM (?) AS o)", rows))
	}
	if o.with.Patients {
		add(bun.SafeQuery("SELECT ? FROM event_patient AS p WHERE p.event_id = e.id ORDER BY p.sequence", patientColumns(o.shows.of)))
	}
	if o.with.Revisions {
		add(bun.SafeQuery("SELECT ? FROM event_revision AS r WHERE r.event_id = e.id ORDER BY r.revision DESC", revisionColumns(o.shows.of, reader)))
	}
	if o.reviews != nil {
		add(o.reviews.rows())
	}
}

// query reads the events of a condition.
func (o *opening) query(which schema.QueryWithArgs) schema.QueryWithArgs {
	args := append([]any{o.columns}, o.lists...)
	return bun.SafeQuery("SELECT ?"+strings.Repeat(", ?", len(o.lists))+" FROM ?", append(args, o.shows.events(o.rows, which))...)
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
	into := shownInto(event.Everything)(&r.shownRow)
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
	record := r.shownRow.record(event.Everything)
	if o.with.Patients {
		record.Patients = eachRow(r.patients, (*patientRow).record)
	}
	if o.with.Revisions {
		record.Revisions = eachRow(r.revisions, (*revisionRow).record)
	}
	if o.reviews != nil {
		o.reviews.of[r.ID] = eachRow(r.reviews, (*reviewRow).record)
	}
	return record
}

// reviewsBeside implements governance.ReviewsBeside.
type reviewsBeside struct {
	scopes governance.Scopes
	of     map[uuid.UUID][]governance.ReviewRecord
}

// ReviewsBeside makes what Find fills with the reviews of the events that it finds.
func (s *Governance) ReviewsBeside(scopes governance.Scopes) governance.ReviewsBeside {
	return &reviewsBeside{scopes: scopes, of: map[uuid.UUID][]governance.ReviewRecord{}}
}

// BesideEvents says that reviews are read with events.
func (*reviewsBeside) BesideEvents() {}

// Of answers the reviews of an event that was read.
func (b *reviewsBeside) Of(event uuid.UUID) []governance.ReviewRecord { return b.of[event] }

// rows are the reviews of an event (e) as the reader is shown them.
func (b *reviewsBeside) rows() schema.QueryWithArgs {
	rows, did, shows := beside(b.scopes)
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
