package event

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// MaxColumns is how many columns an export has at most.
const MaxColumns = 200

// answersPrefix begins the columns of the taxonomy's further questions: what follows is an element.
const answersPrefix = "answers."

// between stands between the values of a cell that has several, such as the services
// concerned. Of patients each has its place, filled or not.
const between = "; "

// DefaultColumns are the columns of an export that names none.
func DefaultColumns() []string {
	return []string{
		"reference", "kind", "status", "source", "revision", "occurredOn", "occurredAt", "recordedAt", "updatedAt",
		"organisation.odsCode", "organisation.name", "occurredAtOrganisations.odsCode", "serviceArea",
		"specialty.code", "specialty.label", "description", "physicalHarm", "psychologicalHarm", "levelOfConcern",
		"involvedAgents", "safetyChallenges", "withdrawal.at",
	}
}

// Table is the columns of an export, which are called as the graph's fields are.
type Table struct {
	columns []column
	// parts are those of a record that the columns are made of, and patients says
	// that one speaks of them.
	parts    Parts
	patients bool
	// texts are the fields whose texts they show; nil for any.
	texts  []string
	bodies bodies
}

// Header answers the columns' names.
func (t *Table) Header() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// A column says one thing of each event.
type column struct {
	name string
	// of are the graph's type and field that it shows, and with them the class of
	// what it shows.
	of    [2]string
	class authz.Class
	// texts are the fields whose texts it shows; of a column of patients, who each have their own, none is named.
	texts []string
	cell  func(b []byte, r *tableRow) []byte
}

// field is the field of the graph's Event that the column is of, or of something beneath it.
func (c column) field() string {
	switch c.of[0] {
	case "Event":
		return c.of[1]
	case "Patient":
		return "patients"
	case "Withdrawal":
		return "withdrawal"
	}
	return "details"
}

// tableRow is what the cells of a row are made of.
type tableRow struct {
	View
	patients []*Patient
	bodies   *bodies
}

// cells appends what the columns say of an event, each to its own.
func (t *Table) cells(into [][]byte, r *tableRow) {
	r.bodies = &t.bodies
	for i := range t.columns {
		into[i] = into[i][:0]
		if c := &t.columns[i]; c.class == authz.Public || r.Shows(c.class) {
			into[i] = c.cell(into[i], r)
		}
	}
}

// Columns lists the names that a column can have, but for those of the taxonomy's further questions, which are
// answers. and an element.
func (s *Service) Columns() []string {
	all := s.columns()
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.name
	}
	return names
}

// Table makes the columns with the names, in their order; of none given, the default ones.
// Paths of problems begin at columns.
func (s *Service) Table(names []string) (*Table, fault.Problems) {
	if names == nil {
		names = DefaultColumns()
	}
	var problems fault.Problems
	switch {
	case len(names) == 0:
		problems.Add(fault.Required, "Name a column, or leave columns out for the usual ones.", "columns")
	case len(names) > MaxColumns:
		problems.Add(fault.TooMany, "At most "+strconv.Itoa(MaxColumns)+" columns.", "columns")
		return nil, problems
	}
	known := map[string]column{}
	for _, c := range s.columns() {
		known[c.name] = c
	}
	table := &Table{parts: PartIdentity, texts: []string{}, bodies: s.newBodies()}
	for i, name := range names {
		c, ok := known[name]
		if !ok {
			c, ok = s.answerColumn(name)
		}
		switch {
		case !ok:
			problems.Add(fault.UnknownCode, "There is no such column. There are: "+strings.Join(s.Columns(), ", ")+
				"; and answers. with an element of the taxonomy.", "columns", strconv.Itoa(i))
			continue
		case slices.Contains(names[:i], name):
			problems.Add(fault.Duplicate, "The column stands further left already.", "columns", strconv.Itoa(i))
			continue
		}
		c.class, ok = s.policy.ClassOf(c.of[0], c.of[1])
		if !ok { // policy does not know it
			c.class = ""
		}
		table.columns = append(table.columns, c)
		table.parts = table.parts.And(PartsOf(c.field()))
		table.patients = table.patients || c.of[0] == "Patient" || c.of[1] == "patients"
		table.texts = append(table.texts, c.texts...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if len(table.texts) > fewTexts || table.patients {
		table.texts = nil
	}
	return table, nil
}

// fewTexts is how many texts are better read one by one than with all others of their event.
const fewTexts = 3

// bodies answers where organisations belong, and names that were asked before.
type bodies struct {
	geography Geography
	at        time.Time
	homes     map[string][2]string // the ICB and the region of an organisation; nil until one is asked
	names     map[authz.Area]string
}

func (s *Service) newBodies() bodies {
	return bodies{geography: s.geography, at: s.now(), names: map[authz.Area]string{}}
}

// home answers the ICB and the region of an organisation.
func (b *bodies) home(organisation string) [2]string {
	if b.homes == nil {
		organisations, icbs, regions := b.geography.Homes(b.at)
		b.homes = make(map[string][2]string, len(organisations))
		for i, code := range organisations {
			b.homes[code] = [2]string{icbs[i], regions[i]}
		}
	}
	return b.homes[organisation]
}

func (b *bodies) name(t authz.AreaType, code string) string {
	if code == "" {
		return ""
	}
	area := authz.Area{Type: t, Code: code}
	name, ok := b.names[area]
	if !ok {
		name = b.geography.AreaName(area)
		b.names[area] = name
	}
	return name
}

// appendJoined appends several values to a cell.
func appendJoined[E ~string](b []byte, values []E) []byte {
	for i, value := range values {
		if i > 0 {
			b = append(b, between...)
		}
		b = append(b, value...)
	}
	return b
}

func appendText[E ~string](b []byte, value *E) []byte {
	if value == nil {
		return b
	}
	return append(b, *value...)
}

func appendTime(b []byte, at *time.Time) []byte {
	if at == nil {
		return b
	}
	return at.UTC().AppendFormat(b, time.RFC3339)
}
