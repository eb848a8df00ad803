package policies

import (
	"fmt"
	"io/fs"
	"time"

	"lfpse/internal/governance"
)

// Where the rules about requirements lie, with what they rest on.
const (
	requirementsFolder = "requirements"
	neverEventsFile    = requirementsFolder + "/never_events.yaml"
	deadlinesFile      = requirementsFolder + "/deadlines.yaml"
)

// neverEvents is one list of never events.
type neverEvents struct {
	Document string            `yaml:"document"`
	From     string            `yaml:"from"`
	Until    string            `yaml:"until"`
	Types    map[string]string `yaml:"types"` // titles, by code
}

// loadNeverEvents reads never_events.yaml as the rules have it: the same lists,
// in the same order.
func loadNeverEvents(files fs.FS) ([]any, error) {
	var lists []neverEvents
	if err := readYAML(files, neverEventsFile, &lists); err != nil {
		return nil, err
	}
	data := make([]any, len(lists))
	for i, l := range lists {
		types := make(map[string]any, len(l.Types))
		for code, title := range l.Types {
			types[code] = title
		}
		of := map[string]any{"document": l.Document, "from": l.From, "types": types}
		if l.Until != "" {
			of["until"] = l.Until
		}
		data[i] = of
	}
	return data, nil
}

// deadline is one of deadlines.yaml.
type deadline struct {
	Count     int              `yaml:"count"`
	Unit      string           `yaml:"unit"`
	Basis     governance.Basis `yaml:"basis"`
	Label     string           `yaml:"label"`
	Document  string           `yaml:"document"`
	Paragraph string           `yaml:"paragraph"`
}

// The units of a deadline.
const (
	workingDays = "WORKING_DAYS"
	months      = "MONTHS"
)

func loadDeadlines(files fs.FS) (map[string]deadline, error) {
	var deadlines map[string]deadline
	if err := readYAML(files, deadlinesFile, &deadlines); err != nil {
		return nil, err
	}
	for name, d := range deadlines {
		if err := d.check(); err != nil {
			return nil, fmt.Errorf("deadlines.yaml: %s: %w", name, err)
		}
	}
	return deadlines, nil
}

func (d deadline) check() error {
	switch {
	case d.Count < 1:
		return fmt.Errorf("it counts nothing")
	case d.Unit != workingDays && d.Unit != months:
		return fmt.Errorf("the unit is neither %s nor %s", workingDays, months)
	case d.Label == "" || d.Document == "" || d.Paragraph == "":
		return fmt.Errorf("it needs a label, a document and a paragraph")
	}
	switch d.Basis {
	case governance.Law, governance.NationalPolicy, governance.Contract, governance.Operational:
		return nil
	}
	return fmt.Errorf("it rests on nothing that is known")
}

// after is the deadline counted from a day.
func (d deadline) after(day time.Time, c *governance.Calendar) *governance.Deadline {
	last := governance.AfterMonths(day, d.Count)
	if d.Unit == workingDays {
		last = c.AfterWorkingDays(day, d.Count)
	}
	return &governance.Deadline{
		On: last, Basis: d.Basis, Label: d.Label,
		Source: governance.Source{Document: d.Document, Paragraph: d.Paragraph},
	}
}
