package db

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/account"
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
	people  *peopleBeside  // nil where they are not asked for

	rows    schema.QueryWithArgs
	columns schema.QueryWithArgs
	shows   *decided
	lists   []besideList
}

// besideList is a list that comes along with each event: a table of one row, which has
// the list and, where it shows people, who they are.
type besideList struct {
	name  string
	table schema.QueryWithArgs
}

func openingOf(scope authz.Scope, with event.Beside) (*opening, error) {
	rows, shows := scopeOf(scope, authz.Events)
	o := &opening{with: with, rows: rows, shows: &decided{by: shows}}
	for _, companion := range with.Companions {
		switch c := companion.(type) {
		case *reviewsBeside:
			o.reviews = c
		case *peopleBeside:
			o.people = c
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
	people := []any{bun.SafeQuery("ARRAY[CASE WHEN ? THEN e.recorded_by END]", o.shows.of(authz.People))}
	add := func(name string, rows schema.QueryWithArgs, shown string) {
		o.lists = append(o.lists, besideList{name, bun.SafeQuery("(SELECT array_agg(ROW(o.*)) AS list"+shown+" FROM (?) AS o)", rows)})
		if shown != "" {
			people = append(people, bun.SafeQuery(name+".people"))
		}
	}
	if o.with.Patients {
		add("patients", bun.SafeQuery("SELECT ? FROM event_patient AS p WHERE p.event_id = e.id ORDER BY p.sequence", patientColumns(o.shows.of)), "")
	}
	if o.with.Revisions {
		add("revisions", bun.SafeQuery("SELECT ? FROM event_revision AS r WHERE r.event_id = e.id ORDER BY r.revision DESC",
			revisionColumns(o.shows.of, reader)), ", array_agg(o.recorded_by) AS people")
	}
	if o.reviews != nil {
		add("reviews", o.reviews.rows(), ", array_agg(o.made_by) AS people")
	}
	if o.people != nil {
		add("people", o.people.rows(people), "")
	}
}

// query reads the events of a condition.
func (o *opening) query(which schema.QueryWithArgs) schema.QueryWithArgs {
	sql, args := "SELECT ?", []any{o.columns}
	for _, list := range o.lists {
		sql += ", " + list.name + ".list"
	}
	sql += " FROM ?"
	args = append(args, o.shows.events(o.rows, which))
	for _, list := range o.lists {
		sql += " CROSS JOIN LATERAL ? AS " + list.name
		args = append(args, list.table)
	}
	return bun.SafeQuery(sql, args...)
}

// openedRow is an event's row with the lists beside it.
type openedRow struct {
	shownRow
	patients  rowList[patientRow]
	revisions rowList[revisionRow]
	reviews   rowList[reviewRow]
	people    rowList[accountRow]
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
	if o.people != nil {
		into = append(into, listInto(&r.people, (*accountRow).into))
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
	if o.people != nil {
		for i := range r.people {
			o.people.records[r.people[i].ID] = r.people[i].record()
		}
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

// peopleBeside implements account.PeopleBeside.
type peopleBeside struct {
	scope   authz.Scope
	records map[uuid.UUID]account.Record
}

// PeopleBeside makes what Find fills with the people whom the events show that it
// finds: who recorded them and, where those are read too, who revised and reviewed
// them.
func (s *Accounts) PeopleBeside(accounts authz.Scope) account.PeopleBeside {
	return &peopleBeside{scope: accounts, records: map[uuid.UUID]account.Record{}}
}

// BesideEvents says that people are read with events.
func (*peopleBeside) BesideEvents() {}

// Records answers the people that were read.
func (b *peopleBeside) Records() map[uuid.UUID]account.Record { return b.records }

// rows are the accounts of lists of ids.
func (b *peopleBeside) rows(lists []any) schema.QueryWithArgs {
	ids := "?"
	for range lists[1:] {
		ids += " || ?"
	}
	rows, shows := scopeOf(b.scope, authz.Accounts)
	return bun.SafeQuery(accountsSelected+" WHERE a.id = ANY(?2)", rows, shows(authz.AccountPrivate), bun.SafeQuery(ids, lists...))
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
