package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"lfpse/db"
	"lfpse/db/reference"
	"lfpse/internal/organisation"
)

// importCommand brings in what the service does not come with.
type importCommand struct {
	Organisations importOrganisationsCommand `cmd:"" help:"Bring in organisations from a CSV file: practices, pharmacies and others."`
	Events        importEventsCommand        `cmd:"" help:"Bring in events that a local system kept before, from a CSV file."`
}

type importOrganisationsCommand struct {
	Storage storage `embed:""`
	DryRun  bool    `help:"Say what would change, and change nothing."`
	File    string  `arg:"" help:"The CSV file, in UTF-8; - reads standard input."`
}

// Help describes the file.
func (importOrganisationsCommand) Help() string {
	types := make([]string, len(organisation.Types()))
	for i, t := range organisation.Types() {
		types[i] = string(t)
	}
	return `The first line names the columns, in any order; then there is a line for each organisation, in any order:

  ods_code  Its ODS code.
  name      Its name.
  type      ` + strings.Join(types, ", ") + `.
  parent    The ODS code of the organisation that it is a site of, here or in the file; may be empty.
  icb       The ODS code of the ICB that it belongs to; empty for its parent's, or none.
  from      Its first day in that ICB, as 2026-04-01; empty for always.
  until     Its last day; empty while it is open.

Organisations that the file does not name stay as they are. What an organisation has belonged to stays on record: another ICB needs from, and ends
the one before on the day before. An organisation is closed by its last day and never deleted.

Everything that is wrong is listed by line, and then nothing is imported. The same file again changes nothing.`
}

// Run imports the file.
func (c *importOrganisationsCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	file, err := readOrganisations(c.File, env.in)
	if err != nil {
		return err
	}
	return withDatabase(ctx, log, c.Storage, func(d *database) error {
		summary, err := c.run(ctx, log, d, file)
		var refused *organisation.ProblemsError
		if errors.As(err, &refused) {
			return errors.Join(listProblems(env.errors, refused), fmt.Errorf("%w; nothing was changed", refused))
		}
		if err != nil {
			return err
		}
		return c.summarise(env.out, summary)
	})
}

func (c *importOrganisationsCommand) run(ctx context.Context, log *slog.Logger, d *database, file *organisation.File) (organisation.Summary, error) {
	if c.DryRun {
		if err := upToDate(ctx, d); err != nil {
			return organisation.Summary{}, err
		}
		return organisation.Rehearse(ctx, db.NewOrganisations(d.DB.DB), file)
	}
	if err := d.prepare(ctx, log); err != nil {
		return organisation.Summary{}, err
	}
	if _, err := reference.Load(ctx, d.DB.DB); err != nil {
		return organisation.Summary{}, fmt.Errorf("loading reference data: %w", err)
	}
	return organisation.Import(ctx, db.NewOrganisations(d.DB.DB), file, time.Now())
}

// upToDate refuses a database whose tables would have to be changed first, by
// whoever may not or should not.
func upToDate(ctx context.Context, d *database) error {
	status, err := db.MigrationStatus(ctx, d.DB)
	if err != nil {
		return err
	}
	for _, m := range status {
		if m.AppliedAt.IsZero() {
			return errors.New("the database's tables are not up to date, and this command does not change them: run 'lfpse migrate up' first")
		}
	}
	return nil
}

func readOrganisations(path string, in io.Reader) (*organisation.File, error) {
	if path == "-" {
		return organisation.ReadFile(in)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	return organisation.ReadFile(f)
}

// listed is how many problems or changes are told one by one.
const listed = 100

func listProblems(w io.Writer, refused *organisation.ProblemsError) error {
	return list(w, refused.Problems)
}

func (c *importOrganisationsCommand) summarise(w io.Writer, s organisation.Summary) error {
	if c.DryRun {
		if err := list(w, s.Noted); err != nil {
			return err
		}
		return report(w, "This would be: added %d, changed %d, closed %d, unchanged %d. Nothing was changed.", s.Added, s.Changed, s.Closed, s.Unchanged)
	}
	return report(w, "Added %d, changed %d, closed %d, unchanged %d.", s.Added, s.Changed, s.Closed, s.Unchanged)
}

// list writes the first of many, and how many more there are.
func list[T fmt.Stringer](w io.Writer, all []T) error {
	for _, each := range all[:min(len(all), listed)] {
		if err := report(w, "%s", each); err != nil {
			return err
		}
	}
	if more := len(all) - listed; more > 0 {
		return report(w, "... and %d more", more)
	}
	return nil
}
