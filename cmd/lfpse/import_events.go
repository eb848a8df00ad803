package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

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
and told; the others are recorded. Running it again goes on: a line that was recorded is known by its reference, and not recorded twice.

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
			events: s.events, mapping: mapping, by: by, dryRun: c.DryRun, began: time.Now(), progress: progressOf("lines", env.errors),
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
		return report(w, "Would record %d; with problems %d. Nothing was recorded.", i.recorded, i.refused)
	}
	return report(w, "Recorded %d, recorded before %d, with problems %d.", i.recorded, i.before, i.refused)
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

// eventImport imports lines.
type eventImport struct {
	events   *event.Service
	mapping  *history.Mapping
	by       authz.Principal
	dryRun   bool
	began    time.Time
	progress *progress

	mu                        sync.Mutex // guards what follows, and progress
	recorded, before, refused int
	problems                  []history.Problem
}

// run imports all lines, several at a time; an error ends it, a problem of a line does not.
func (i *eventImport) run(ctx context.Context, r *history.Reader) error {
	group, each := errgroup.WithContext(authz.NewContext(ctx, i.by))
	group.SetLimit(2 * runtime.GOMAXPROCS(0))
	for each.Err() == nil {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errors.Join(err, group.Wait())
		}
		group.Go(func() error { return i.line(each, line) })
	}
	return errors.Join(group.Wait(), ctx.Err())
}

func (i *eventImport) line(ctx context.Context, line history.Line) error {
	if len(line.Problems) > 0 {
		i.refuse(line.Problems)
		return nil
	}
	if i.dryRun {
		i.done(i.mapping.Locate(line, i.events.Check(&line.Input, i.by.Organisations)), false)
		return nil
	}
	key := "import " + line.Reference
	view, problems, err := i.events.Record(ctx, line.Input, &key)
	if fault.KindOf(err) == fault.Conflict && err != nil {
		i.refuse([]history.Problem{{
			Line: line.Number, Column: i.mapping.Reference, Code: fault.Duplicate, Message: "A line with this reference was imported before, and said something else.",
		}})
		return nil
	}
	if err != nil {
		return fmt.Errorf("line %d: %w", line.Number, err)
	}
	i.done(i.mapping.Locate(line, problems), view != nil && view.RecordedAt != nil && view.RecordedAt.Before(i.began))
	return nil
}

// done counts a line that was looked at.
func (i *eventImport) done(problems []history.Problem, before bool) {
	if len(problems) > 0 {
		i.refuse(problems)
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if before {
		i.before++
	} else {
		i.recorded++
	}
	i.progress.add(1)
}

func (i *eventImport) refuse(problems []history.Problem) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.refused++
	i.problems = append(i.problems, problems...)
	i.progress.add(1)
}
