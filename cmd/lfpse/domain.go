package main

import (
	"context"
	"errors"
	"log/slog"

	"lfpse/internal/account"
)

// domainCommand keeps the record of the domains that are an ICB's or a regional
// body's own.
type domainCommand struct {
	Record recordDomainCommand `cmd:"" help:"Note that addresses at a domain are an ICB's or a regional body's own: whoever registers for it from there reads its area."`
	Forget forgetDomainCommand `cmd:"" help:"Take a domain from the record. What it brought stays until somebody takes it away."`
	List   listDomainsCommand  `cmd:"" help:"List the domains on record."`
}

// ofBody names a domain of a body's.
type ofBody struct {
	Storage storage `embed:""`
	Code    string  `arg:"" help:"The ODS code of the ICB or the region."`
	Domain  string  `arg:"" help:"The domain, such as body.nhs.uk; never one that people of many bodies have addresses at, such as nhs.net."`
}

type recordDomainCommand struct {
	Of ofBody `embed:""`
}

// Run notes the domain.
func (c *recordDomainCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return withAccounts(ctx, log, c.Of.Storage, func(accounts *account.Service) error {
		if err := accounts.RecordDomain(ctx, c.Of.Code, c.Of.Domain); err != nil {
			return err
		}
		return report(env.out, "The domain is on record.")
	})
}

type forgetDomainCommand struct {
	Of ofBody `embed:""`
}

// Run takes the domain from the record.
func (c *forgetDomainCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return withAccounts(ctx, log, c.Of.Storage, func(accounts *account.Service) error {
		found, err := accounts.ForgetDomain(ctx, c.Of.Code, c.Of.Domain)
		if err == nil && !found {
			err = errors.New("this domain is not on record as this body's")
		}
		if err != nil {
			return err
		}
		return report(env.out, "The domain is no longer on record.")
	})
}

type listDomainsCommand struct {
	Storage storage `embed:""`
}

// Run lists the domains.
func (c *listDomainsCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return withAccounts(ctx, log, c.Storage, func(accounts *account.Service) error {
		domains, err := accounts.Domains(ctx)
		if err != nil {
			return err
		}
		for _, d := range domains {
			if err := report(env.out, "%s\t%s\t%s", d.Area.Type, d.Area.Code, d.Domain); err != nil {
				return err
			}
		}
		return nil
	})
}

// withAccounts does something with the accounts of a database.
func withAccounts(ctx context.Context, log *slog.Logger, s storage, do func(*account.Service) error) error {
	return withDatabase(ctx, log, s, func(d *database) error {
		assembled, err := assemble(ctx, log, d, s.keys(), ordinary())
		if err != nil {
			return err
		}
		return do(assembled.accounts)
	})
}
