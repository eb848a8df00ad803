package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"lfpse/internal/redaction"
)

// redactCommand takes identifiers out of texts that it is given, for which it
// needs neither database nor keys, or anew out of those in the database.
type redactCommand struct {
	File    string  `arg:"" optional:"" help:"The file of JSON lines; standard input unless given, or -."`
	Upgrade bool    `help:"Instead: anonymise anew the texts in the database that another version of the engine anonymised."`
	DryRun  bool    `help:"With --upgrade: say what would change, and change nothing."`
	Storage storage `embed:""`
}

// Help describes what goes in and what comes out.
func (redactCommand) Help() string {
	return `In goes a JSON object a line:

  {"id": "1", "text": "Mrs Pemberton fell.", "known": [{"role": "patient", "given": "Edith", "family": "Pemberton"}]}

known is what a record would know besides: role, given, family, nhs_number, dob (year first), email, phone, and other, a list of further texts to hide. It may be left
out, as may each of these. Other names are passed over.

Out comes one a line, in the same order:

  {"id": "1", "redacted": "Mrs [NAME 1] fell.", "spans": [{"start": 4, "end": 13, "class": "NAME", "confidence": 0.95}]}

start and end count Unicode code points of the text, end not included. A line that cannot be answered is told by its number on standard error; the others
are answered all the same, and the command fails at the end.

With --upgrade nothing goes in. Texts in the database that another version of the engine anonymised, or that could not be anonymised, are
anonymised anew, those of all revisions of an event together. What was hidden stays hidden. It works in batches while the service runs, may be stopped at any time,
and goes on where it stopped when it is run again; several may run at once. What changed is told in numbers.`
}

// Run redacts the file, or the database.
func (c *redactCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	switch {
	case c.Upgrade && c.File != "":
		return errors.New("--upgrade takes no file: it reads the database")
	case c.Upgrade:
		return c.upgrade(ctx, log, env)
	case c.DryRun:
		return errors.New("--dry-run goes with --upgrade: lines are never changed")
	}
	in := env.in
	if c.File != "" && c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("opening the file: %w", err)
		}
		defer file.Close() //nolint:errcheck // it was only read
		in = file
	}
	return redactLines(ctx, redaction.New(), in, env.out, env.errors)
}

// redactLines answers JSON lines, as they come and in their order.
func redactLines(ctx context.Context, redactor *redaction.Redactor, in io.Reader, out, problems io.Writer) error {
	answer := func(line []byte) ([]byte, error) { return redactLine(redactor, line) }
	failed, lines := 0, 0
	err := eachLine(ctx, in, answer, func(number int, answered []byte, err error) error {
		lines++
		if err != nil {
			failed++
			return report(problems, "line %d: %s", number, err)
		}
		_, err = out.Write(answered)
		return err
	})
	if err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d lines could not be answered", failed, lines)
	}
	return nil
}
