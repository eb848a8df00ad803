package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"lfpse/cmd/lfpse/sample"
	"lfpse/db"
	"lfpse/graph"
	"lfpse/internal/account"
)

// migrateCommand brings the tables up to date, or back.
type migrateCommand struct {
	Up     migrateUpCommand     `cmd:"" help:"Apply every migration that has not been."`
	Down   migrateDownCommand   `cmd:"" help:"Take back the latest migrations that were applied together."`
	Status migrateStatusCommand `cmd:"" help:"List the migrations and when each was applied."`
}

type migrateUpCommand struct {
	Storage     storage `embed:""`
	ServiceRole string  `help:"Grant this role of the database what the service needs and no more, so that 'serve' can run as it." env:"LFPSE_SERVICE_ROLE" placeholder:"NAME"`
}

// Run applies migrations, and grants the service's role what they made.
func (c *migrateUpCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return migrations(ctx, log, env, c.Storage, "applied", func(ctx context.Context, d *db.DB) ([]db.Migration, error) {
		list, err := db.MigrateUp(ctx, d)
		if err != nil || c.ServiceRole == "" {
			return list, err
		}
		return list, db.GrantService(ctx, d, c.ServiceRole)
	})
}

type migrateDownCommand struct {
	Storage storage `embed:""`
}

// Run takes migrations back.
func (c *migrateDownCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return migrations(ctx, log, env, c.Storage, "taken back", db.MigrateDown)
}

type migrateStatusCommand struct {
	Storage storage `embed:""`
}

// Run lists migrations.
func (c *migrateStatusCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return migrations(ctx, log, env, c.Storage, "", db.MigrationStatus)
}

type migrate func(context.Context, *db.DB) ([]db.Migration, error)

func migrations(ctx context.Context, log *slog.Logger, env environment, s storage, done string, do migrate) error {
	return withDatabase(ctx, log, s, func(d *database) error {
		list, err := do(ctx, d.DB)
		if err != nil {
			return err
		}
		for _, m := range list {
			state := done
			if state == "" {
				state = "not applied"
				if !m.AppliedAt.IsZero() {
					state = "applied " + m.AppliedAt.UTC().Format(time.RFC3339)
				}
			}
			if err := report(env.out, "%s\t%s", m.Name, state); err != nil {
				return err
			}
		}
		if len(list) == 0 {
			return report(env.out, "There is nothing to do.")
		}
		return nil
	})
}

func withDatabase(ctx context.Context, log *slog.Logger, s storage, do func(*database) error) error {
	if err := private(s.Data); err != nil {
		return err
	}
	d, err := s.open(ctx, log)
	if err != nil {
		return err
	}
	return errors.Join(do(d), d.close())
}

// seedCommand fills a database with sample events.
type seedCommand struct {
	Storage storage `embed:""`
	Events  int     `help:"How many events to make." default:"20000"`
	Seed    uint64  `help:"Which events: the same seed makes the same ones." default:"1"`
}

// Run makes the events.
func (c *seedCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return withDatabase(ctx, log, c.Storage, func(d *database) error {
		s, err := assemble(ctx, log, d, c.Storage.keys(), ordinary())
		if err != nil {
			return err
		}
		password, err := samplePassword(filepath.Join(c.Storage.Data, "demo-password"))
		if err != nil {
			return err
		}
		return sample.Fill(ctx, sample.Options{
			DB: d.asOwner(), Events: s.events, Accounts: s.accounts, Map: s.geography.Map(), Taxonomy: s.taxonomy, Password: password,
			Seed: c.Seed, Count: c.Events, Until: time.Now(), Log: log, Again: true,
		})
	})
}

// accountCommand makes accounts that nobody can ask for.
type accountCommand struct {
	CreateLead createLeadCommand `cmd:"" help:"Make a national lead's account. Its password is read from standard input."`
}

type createLeadCommand struct {
	Storage   storage `embed:""`
	Email     string  `help:"The address to sign in with." required:""`
	FirstName string  `help:"The lead's first name." required:""`
	LastName  string  `help:"The lead's last name." required:""`
}

// Run makes the account.
func (c *createLeadCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	typed, err := io.ReadAll(io.LimitReader(os.Stdin, 4096))
	if err != nil {
		return fmt.Errorf("reading the password: %w", err)
	}
	lead := account.NewAccount{
		Email: c.Email, FirstName: c.FirstName, LastName: c.LastName, Password: strings.TrimRight(string(typed), "\r\n"),
	}
	return withDatabase(ctx, log, c.Storage, func(d *database) error {
		s, err := assemble(ctx, log, d, c.Storage.keys(), ordinary())
		if err != nil {
			return err
		}
		_, problems, err := s.accounts.CreateLead(ctx, lead)
		if err != nil {
			return err
		}
		for _, p := range problems {
			err = errors.Join(err, fmt.Errorf("%s: %s", strings.Join(p.Path, "."), p.Message))
		}
		if err != nil {
			return err
		}
		return report(env.out, "The account is made.")
	})
}

// schemaCommand prints the schema.
type schemaCommand struct{}

// Run prints the schema.
func (schemaCommand) Run(env environment) error {
	graph.WriteSchema(env.out)
	return nil
}

// versionCommand prints the version.
type versionCommand struct{}

// Run prints the version: the module's where it was built as one, else the
// commit.
func (versionCommand) Run(env environment) error {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version += " " + s.Value
			}
		}
	}
	return report(env.out, "lfpse %s", version)
}
