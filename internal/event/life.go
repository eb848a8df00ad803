package event

// Life is an event and what became of it, made ready before any of it is
// written: how sample data come in, by the thousand.
type Life struct {
	Submission
	Revisions []Revised  // those that followed, in their order
	Withdrawn *Withdrawn // nil for all but tombstones
}

// Subject is the event as it stands, for an editor who is shown some classes of field.
func (l *Life) Subject(shows Shown) Subject {
	row, patients, original := l.Row, l.Patients, l.Original
	if n := len(l.Revisions); n > 0 {
		last := l.Revisions[n-1]
		row, patients, original = last.Row, last.Patients, last.Original
		row.Reference, row.Source, row.RecordedAt = l.Row.Reference, l.Row.Source, l.Row.RecordedAt
	}
	record := row.Record
	record.Shows = shows
	return Subject{Record: record, Permitted: true, Anonymised: row.Texts, Patients: patients, Original: original}
}
