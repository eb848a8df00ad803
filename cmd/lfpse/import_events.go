package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strconv"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/lrms/history"
	"lfpse/internal/taxonomy"
)

type importEventsCommand struct {
	Storage  storage `embed:""`
	Key      string  `help:"The key of the organisation's local system, as which the events are recorded. Give it by its variable: a command line can be read by others." env:"LFPSE_CLIENT_KEY" placeholder:"KEY" required:""`
	Mapping  string  `help:"The JSON file that says what the columns mean." type:"existingfile" required:""`
	DryRun   bool    `help:"Say what is wrong with the lines, and record nothing."`
	Problems string  `help:"Write every problem to this CSV file." type:"path" placeholder:"FILE"`
	File     string  `arg:"" help:"The CSV file, in UTF-8." type:"existingfile"`
}

// Help says what happens to a line.
func (importEventsCommand) Help() string {
	return `Each line is one event, recorded as the local system whose key is given would send it, for its organisation, free text anonymised. A line with a problem is left out
and told; the others are recorded. Running it again goes on: a line that was recorded is known by its reference, and not recorded twice. One that says
something else since updates its event, unless the service has changed it meanwhile.

docs/operations.md has a mapping.`
}

// Run imports the file.
func (c *importEventsCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	codes, err := taxonomy.Load()
	if err != nil {
		return err
	}
	mapping, err := c.mapping(codes.Latest())
	if err != nil {
		return err
	}
	lines, err := c.count(mapping)
	if err != nil {
		return fmt.Errorf("%w; nothing was imported", err)
	}
	return withDatabase(ctx, log, c.Storage, func(d *database) error {
		if c.DryRun {
			if err := upToDate(ctx, d); err != nil {
				return err
			}
		}
		s, err := assemble(ctx, log, d, c.Storage.keys(), ordinary())
		if err != nil {
			return err
		}
		by, err := s.clients.Authenticate(ctx, c.Key)
		if err != nil {
			return fmt.Errorf("LFPSE_CLIENT_KEY: %w", err)
		}
		i := &eventImport{
			events: s.events, mapping: mapping, by: by, dryRun: c.DryRun, progress: progressOf("lines", env.errors),
		}
		i.progress.begin(lines)
		err = c.each(mapping, func(r *history.Reader) error { return i.run(ctx, r) })
		i.progress.end()
		if err != nil {
			err = fmt.Errorf("%w; what was recorded is kept, and running it again goes on with the rest", err)
		}
		return errors.Join(err, c.tell(env, i))
	})
}

func (c *importEventsCommand) mapping(codes *taxonomy.Taxonomy) (*history.Mapping, error) {
	file, err := os.Open(c.Mapping)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it is only read
	return history.ReadMapping(file, codes)
}

// each has the file's lines read from the first.
func (c *importEventsCommand) each(m *history.Mapping, read func(*history.Reader) error) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it is only read
	reader, err := history.NewReader(file, m)
	if err != nil {
		return err
	}
	return read(reader)
}

// count reads the file to its end: whether it is a CSV to its end is known before anything is recorded.
func (c *importEventsCommand) count(m *history.Mapping) (lines int, err error) {
	err = c.each(m, func(r *history.Reader) error {
		for {
			if _, err := r.Next(); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			lines++
		}
	})
	return lines, err
}

// tell says what became of the lines, and writes what is wrong with them.
func (c *importEventsCommand) tell(env environment, i *eventImport) error {
	slices.SortStableFunc(i.problems, func(a, b history.Problem) int { return a.Line - b.Line })
	err := i.summarise(env.out)
	if c.Problems != "" {
		return errors.Join(err, writeProblems(c.Problems, i.problems))
	}
	for _, p := range i.problems[:min(len(i.problems), listed)] {
		err = errors.Join(err, report(env.errors, "line %d, column %q, %s: %s %s", p.Line, p.Column, p.Field, p.Code, p.Message))
	}
	if more := len(i.problems) - listed; more > 0 {
		err = errors.Join(err, report(env.errors, "and %d more; --problems FILE has them all", more))
	}
	return err
}

func (i *eventImport) summarise(w io.Writer) error {
	if i.dryRun {
		return report(w, "Would record or update %d; with problems %d. Nothing was recorded.", i.recorded, i.refused)
	}
	return report(w, "Recorded %d, updated %d, recorded before %d, with problems %d.", i.recorded, i.updated, i.before, i.refused)
}

func writeProblems(path string, problems []history.Problem) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("writing the problems: %w", err)
	}
	w := csv.NewWriter(file)
	rows := [][]string{{"line", "column", "field", "code", "message"}}
	for _, p := range problems {
		rows = append(rows, []string{strconv.Itoa(p.Line), p.Column, p.Field, string(p.Code), p.Message})
	}
	if err := errors.Join(w.WriteAll(rows), file.Close()); err != nil {
		return fmt.Errorf("writing the problems: %w", err)
	}
	return nil
}

// importAtOnce is how many lines go together: what is stopped has as many under way at most.
const importAtOnce = 500

// eventImport imports lines.
type eventImport struct {
	events   *event.Service
	mapping  *history.Mapping
	by       authz.Principal
	dryRun   bool
	progress *progress

	recorded, updated, before, refused int
	problems                           []history.Problem
}

// run imports all lines, many at a time; an error ends it, a problem of a line does not.
func (i *eventImport) run(ctx context.Context, r *history.Reader) error {
	ctx = authz.NewContext(ctx, i.by)
	for {
		lines, err := i.next(r)
		if err != nil || len(lines) == 0 {
			return err
		}
		if i.dryRun {
			i.check(lines)
			continue
		}
		if err := i.submit(ctx, lines); err != nil {
			return fmt.Errorf("lines %d to %d: %w", lines[0].Number, lines[len(lines)-1].Number, err)
		}
	}
}

// next reads the next lines that are events, and counts those that are none.
func (i *eventImport) next(r *history.Reader) ([]history.Line, error) {
	var lines []history.Line
	for len(lines) < importAtOnce {
		line, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return lines, nil
		case err != nil:
			return nil, err
		case len(line.Problems) > 0:
			i.refuse(line.Problems)
		default:
			lines = append(lines, line)
		}
	}
	return lines, nil
}

func (i *eventImport) check(lines []history.Line) {
	for _, line := range lines {
		if problems := i.events.Check(&line.Input, i.by.Organisations); len(problems) > 0 {
			i.refuse(i.mapping.Locate(line, problems))
			continue
		}
		i.recorded++
		i.progress.add(1)
	}
}

// submit has lines recorded, as a local system submits what it has.
func (i *eventImport) submit(ctx context.Context, lines []history.Line) error {
	events := make([]event.Local, len(lines))
	for n, line := range lines {
		events[n] = event.Local{Reference: line.Reference, Input: line.Input}
	}
	results, err := i.events.Submit(ctx, events)
	if err != nil {
		return err
	}
	for n, result := range results {
		i.done(lines[n], result)
	}
	return nil
}

// done counts what became of a line.
func (i *eventImport) done(line history.Line, result *event.Submitted) {
	switch result.Outcome {
	case event.OutcomeCreated:
		i.recorded++
	case event.OutcomeUpdated:
		i.updated++
	case event.OutcomeUnchanged:
		i.before++
	case event.OutcomeConflict:
		i.refuse([]history.Problem{{
			Line: line.Number, Column: i.mapping.Reference, Code: fault.StaleRevision,
			Message: "The event was changed in the service since it was imported; what this line says is not written over that.",
		}})
		return
	case event.OutcomeRefused:
		i.refuse(i.mapping.Locate(line, result.Problems))
		return
	}
	i.progress.add(1)
}

func (i *eventImport) refuse(problems []history.Problem) {
	i.refused++
	i.problems = append(i.problems, problems...)
	i.progress.add(1)
}
