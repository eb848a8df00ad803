package organisation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lfpse/internal/audit"
)

// Changes are what an import writes.
type Changes struct {
	// Organisations are to be added, or to take the place of those with their codes; ids stay.
	Organisations []Organisation
	// Memberships are to be written, each in the place of that of the same organisation and first
	// day; Dropped never came to be and are to be taken away first.
	Memberships, Dropped []Relation
	Summary              Summary
	// Entry is kept with the changes.
	Entry audit.Entry
}

// Empty tells that there is nothing to write.
func (c Changes) Empty() bool {
	return len(c.Organisations) == 0 && len(c.Memberships) == 0 && len(c.Dropped) == 0
}

// Summary counts the lines of a file by what they bring.
type Summary struct {
	Added, Changed, Closed, Unchanged int
	// Noted are the organisations that are there already and change or close.
	Noted []Note
}

// Note says what a line changes of an organisation that is there already.
type Note struct {
	Line    int
	Code    ODSCode
	Closes  bool
	Columns []string
}

// String writes the note for whoever decides whether to import.
func (n Note) String() string {
	verb := "changes"
	if n.Closes {
		verb = "closes"
	}
	return fmt.Sprintf("line %d: %s %s (%s)", n.Line, n.Code, verb, strings.Join(n.Columns, ", "))
}

// Plan works out what a file changes of the map. Everything that is wrong with the file is a *ProblemsError.
func (f *File) Plan(records Records) (Changes, error) {
	p := newPlanner(records, f.lines)
	p.problems = slices.Clone(f.problems)
	for _, l := range f.lines {
		p.checkCode(l)
		p.checkParent(l)
		if p.checkICB(l) && !l.unclear {
			p.apply(l)
		}
	}
	p.checkCircles(f.lines)
	if err := p.problems.refusal(); err != nil {
		return Changes{}, err
	}
	return p.changes, nil
}

// planner works a file into the map.
type planner struct {
	today         Day
	organisations map[ODSCode]Organisation
	memberships   map[ODSCode][]Relation
	icbs          map[ODSCode]ICB
	regions       map[ODSCode]bool
	lines         map[ODSCode]int // where the file speaks of an organisation
	problems      problems
	changes       Changes
}

func newPlanner(records Records, lines []line) *planner {
	p := &planner{
		today:         records.Day,
		organisations: make(map[ODSCode]Organisation, len(records.Organisations)),
		memberships:   make(map[ODSCode][]Relation, len(records.Memberships)),
		icbs:          map[ODSCode]ICB{},
		regions:       codes(records.Regions, func(r Region) ODSCode { return r.ODSCode }),
		lines:         make(map[ODSCode]int, len(lines)),
	}
	for _, o := range records.Organisations {
		p.organisations[o.ODSCode] = o
	}
	for _, r := range records.Memberships {
		p.memberships[r.Of] = append(p.memberships[r.Of], r)
	}
	for _, icb := range records.ICBs {
		p.icbs[icb.ODSCode] = icb
	}
	for _, l := range lines {
		if _, again := p.lines[l.code]; !again {
			p.lines[l.code] = l.number
		}
	}
	return p
}

// checkCode keeps the codes of ICBs and regions for their own offices.
func (p *planner) checkCode(l line) {
	if _, isICB := p.icbs[l.code]; isICB && l.kind.Valid() && l.kind != ICBBody {
		p.problems.add(l.number, columnType, "The code is that of an ICB: its own office is of type "+string(ICBBody)+".")
	}
	if p.regions[l.code] && l.kind.Valid() && l.kind != RegionBody {
		p.problems.add(l.number, columnType, "The code is that of a region: its own office is of type "+string(RegionBody)+".")
	}
}

func (p *planner) checkParent(l line) {
	if l.parent != "" && !p.isOrganisation(l.parent) {
		p.problems.add(l.number, columnParent, p.noParent(l.parent))
	}
}

func (p *planner) isOrganisation(code ODSCode) bool {
	_, there := p.organisations[code]
	_, coming := p.lines[code]
	return there || coming
}

func (p *planner) noParent(code ODSCode) string {
	if _, isICB := p.icbs[code]; isICB {
		return "This is an ICB: write it in " + columnICB + "."
	}
	if p.regions[code] {
		return "This is a region: an organisation lies in its ICB's."
	}
	return "No organisation has this code, here or in the file: give it a line of its own, or leave the parent out."
}

// checkICB tells whether an organisation can belong to the ICB of a line, and reports why not.
func (p *planner) checkICB(l line) bool {
	if l.icb == "" {
		return true
	}
	column, refusal := p.wrongICB(l)
	if refusal != "" {
		p.problems.add(l.number, column, refusal)
	}
	return refusal == ""
}

func (p *planner) wrongICB(l line) (column, refusal string) {
	icb, known := p.icbs[l.icb]
	day := l.claimed(p.today)
	switch {
	case !known && p.isOrganisation(l.icb):
		return columnICB, "This is an organisation, not an ICB: what it is a site of is written in " + columnParent + "."
	case !known:
		return columnICB, "No ICB has this code."
	case l.unclear: // nobody knows of which day the line speaks
		return "", ""
	case day > icb.lifetime().until:
		return columnICB, p.ended(icb)
	case day < icb.lifetime().from, l.from != nil && *l.from < icb.lifetime().from:
		return columnFrom, fmt.Sprintf("The ICB begins on %s: give that day or a later one.", *icb.From)
	}
	return "", ""
}

func (p *planner) ended(icb ICB) string {
	message := fmt.Sprintf("The ICB ended on %s", *icb.Until)
	for heir, ok := p.icbs[icb.SuccessorCode]; ok; heir, ok = p.icbs[heir.SuccessorCode] {
		if heir.Until == nil || *heir.Until >= p.today {
			return fmt.Sprintf("%s: write its successor, %s, and in %s the first day there.", message, heir.ODSCode, columnFrom)
		}
	}
	return message + ": write the one that the organisation belongs to now, and in " + columnFrom + " the first day there."
}

// apply adds what a line changes.
func (p *planner) apply(l line) {
	was, there := p.organisations[l.code]
	own := p.memberships[l.code]
	slices.SortFunc(own, byFirstDay)
	followed, column, refusal := l.follow(own, was.Until, p.today)
	if refusal != "" {
		p.problems.add(l.number, column, refusal)
		return
	}
	written, dropped := difference(own, followed)
	p.changes.Memberships = append(p.changes.Memberships, written...)
	p.changes.Dropped = append(p.changes.Dropped, dropped...)
	is := Organisation{
		UUID: was.UUID, ODSCode: l.code, Name: l.name, Type: l.kind, ParentCode: l.parent,
		Until: l.until, Active: l.until == nil || *l.until >= p.today,
	}
	columns := changedColumns(was, is)
	if !there || len(columns) > 0 {
		p.changes.Organisations = append(p.changes.Organisations, is)
	}
	if moves(own, written) || len(columns) == 0 && len(written)+len(dropped) > 0 {
		columns = append(columns, columnICB)
	}
	p.count(Note{Line: l.number, Code: l.code, Closes: there && was.Active && !is.Active, Columns: columns}, there)
}

// moves tells whether of the memberships written one is more than the end of one that was.
func moves(was, written []Relation) bool {
	return slices.ContainsFunc(written, func(r Relation) bool {
		return !slices.ContainsFunc(was, func(other Relation) bool { return other.From == r.From && other.In == r.In })
	})
}

func (p *planner) count(note Note, there bool) {
	s := &p.changes.Summary
	switch {
	case !there:
		s.Added++
		return
	case note.Closes:
		s.Closed++
	case len(note.Columns) > 0:
		s.Changed++
	default:
		s.Unchanged++
		return
	}
	s.Noted = append(s.Noted, note)
}

// changedColumns lists the columns in which an organisation differs, its ICB apart.
func changedColumns(was, is Organisation) []string {
	var columns []string
	if was.Name != is.Name {
		columns = append(columns, columnName)
	}
	if was.Type != is.Type {
		columns = append(columns, columnType)
	}
	if was.ParentCode != is.ParentCode {
		columns = append(columns, columnParent)
	}
	if lastDay(was) != lastDay(is) {
		columns = append(columns, columnUntil)
	}
	return columns
}

func lastDay(o Organisation) Day {
	if o.Until == nil {
		return Forever
	}
	return *o.Until
}

// difference answers the memberships that are new or other than they were, and those that are no more.
func difference(was, is []Relation) (written, dropped []Relation) {
	for _, r := range is {
		if !slices.Contains(was, r) {
			written = append(written, r)
		}
	}
	for _, r := range was {
		if !slices.ContainsFunc(is, func(other Relation) bool { return other.From == r.From }) {
			dropped = append(dropped, r)
		}
	}
	return written, dropped
}

// checkCircles reports parents that come back to where they were, on the first line of each circle.
func (p *planner) checkCircles(lines []line) {
	parents := make(map[ODSCode]ODSCode, len(p.organisations)+len(lines))
	for code, o := range p.organisations {
		parents[code] = o.ParentCode
	}
	for _, l := range lines {
		if p.lines[l.code] == l.number {
			parents[l.code] = l.parent
		}
	}
	for _, chain := range circles(parents) {
		var numbers []int
		for _, code := range chain {
			if number, ok := p.lines[code]; ok {
				numbers = append(numbers, number)
			}
		}
		if len(numbers) == 0 { // it stands in the database, and not by this file
			continue
		}
		slices.Sort(numbers)
		p.problems.add(numbers[0], columnParent, circleMessage(numbers))
	}
}

const manyLines = 10

func circleMessage(numbers []int) string {
	if len(numbers) == 1 {
		return "The organisation is in the end a site of itself: correct its parent."
	}
	others := make([]string, 0, manyLines)
	for _, number := range numbers[1:min(len(numbers), manyLines+1)] {
		others = append(others, strconv.Itoa(number))
	}
	way := "line " + strings.Join(others, ", line ")
	if len(numbers) > manyLines+1 {
		way += " and others"
	}
	return "The organisation is in the end a site of itself, by way of " + way + ": correct one of the parents."
}
