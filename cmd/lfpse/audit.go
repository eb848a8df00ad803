package main

import (
	"context"
	"fmt"
	"log/slog"

	"lfpse/db"
	"lfpse/internal/audit"
)

// auditCommand looks after the audit trail.
type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"See that no entry of the audit trail was changed, removed or put elsewhere."`
}

type auditVerifyCommand struct {
	Storage storage  `embed:""`
	Head    []string `help:"A head that an earlier run printed, or the log holds: nothing before it may be missing now. May be given again." placeholder:"HEAD"`
}

// Help says what can be found.
func (auditVerifyCommand) Help() string {
	return `Every entry is sealed within seconds with a hash over the entry and the seal before it. An entry that was changed, removed, slipped in or
put elsewhere is named by its number.

Whoever owns the database can take entries away from the end, or make every seal anew. The head that is printed shows that: keep it
elsewhere, and give it as --head the next time.

  lfpse audit verify
  lfpse audit verify --head 1204:5f1c…`
}

// findingsShown is how many findings are told one by one.
const findingsShown = 100

// Run verifies the trail.
func (c *auditVerifyCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	kept := make([]audit.Head, len(c.Head))
	for i, text := range c.Head {
		var err error
		if kept[i], err = audit.ParseHead(text); err != nil {
			return fmt.Errorf("--head: %w", err)
		}
	}
	return withDatabase(ctx, log, c.Storage, func(d *database) error {
		if err := upToDate(ctx, d); err != nil {
			return err
		}
		return verifyTrail(ctx, env, d, kept)
	})
}

func verifyTrail(ctx context.Context, env environment, d *database, kept []audit.Head) error {
	var found []audit.Finding
	verifier := &audit.Verifier{Kept: kept, Tell: func(f audit.Finding) {
		if len(found) < findingsShown {
			found = append(found, f)
		}
	}}
	p := progressOf("seals", env.errors)
	result, err := db.NewTrail(d.DB).Verify(ctx, verifier, p.begin, p.add)
	p.end()
	if err != nil {
		return err
	}
	for _, finding := range found {
		if err := report(env.out, "%s", finding); err != nil {
			return err
		}
	}
	if more := result.Findings - len(found); more > 0 {
		if err := report(env.out, "... and %d more", more); err != nil {
			return err
		}
	}
	if err := report(env.out, "%d entries are sealed, %d wait to be.\nHead: %s", result.Head.Sequence, result.Waiting, result.Head); err != nil {
		return err
	}
	if result.Findings > 0 {
		return fmt.Errorf("the audit trail is not as it was sealed: %d findings", result.Findings)
	}
	return nil
}
