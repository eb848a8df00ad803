package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"lfpse/db"
	"lfpse/internal/envelope"
	"lfpse/internal/mailer"
	"lfpse/internal/notification"
)

// mailing says how mails are sent, and where the links in them lead.
type mailing struct {
	WebURL       string          `name:"web-url" help:"The address under which people and systems reach this service: links in mails and in FHIR definitions lead there." env:"LFPSE_WEB_URL" placeholder:"URL"`
	SMTPHost     string          `name:"smtp-host" help:"The mail server. Without one, mails wait." env:"LFPSE_SMTP_HOST" placeholder:"HOST"`
	SMTPPort     int             `name:"smtp-port" help:"Its port." default:"587" env:"LFPSE_SMTP_PORT"`
	SMTPSecurity mailer.Security `name:"smtp-security" help:"How the connection is protected: starttls, tls, or none for a server on this machine." enum:"starttls,tls,none" default:"starttls" env:"LFPSE_SMTP_SECURITY"`
	SMTPUser     string          `name:"smtp-user" help:"Whom the mail server knows the service as, where it asks." env:"LFPSE_SMTP_USER" placeholder:"NAME"`
	SMTPPassword string          `name:"smtp-password" help:"With which password. Give it by its variable: a command line can be read by others." env:"LFPSE_SMTP_PASSWORD" placeholder:"PASSWORD"`
	SMTPFrom     string          `name:"smtp-from" help:"The address that mails come from." env:"LFPSE_SMTP_FROM" placeholder:"ADDRESS"`
	SMTPTimeout  time.Duration   `name:"smtp-timeout" help:"How long one mail may take." default:"30s" env:"LFPSE_SMTP_TIMEOUT"`
}

// delivery is what mails are delivered with; without a sender where no mail
// server is named. address is where the service listens.
func (m mailing) delivery(address string) (db.Delivery, error) {
	if m.SMTPHost == "" {
		return db.Delivery{}, nil
	}
	if m.WebURL == "" {
		return db.Delivery{}, errors.New("LFPSE_SMTP_HOST is set, and LFPSE_WEB_URL is not: the links in mails must lead to an address that people reach")
	}
	writer, err := m.writer(address)
	if err != nil {
		return db.Delivery{}, err
	}
	sender, err := mailer.NewSMTP(mailer.SMTPOptions{
		Host: m.SMTPHost, Port: m.SMTPPort, Security: m.SMTPSecurity,
		Username: m.SMTPUser, Password: m.SMTPPassword, From: m.SMTPFrom, Timeout: m.SMTPTimeout,
	})
	if err != nil {
		return db.Delivery{}, err
	}
	return db.Delivery{Writer: writer, Sender: sender}, nil
}

// writer puts mails into words whose links lead to the service.
func (m mailing) writer(address string) (*notification.Writer, error) {
	writer, err := notification.NewWriter(m.address(address))
	if err != nil {
		return nil, fmt.Errorf("LFPSE_WEB_URL: %w", err)
	}
	return writer, nil
}

// address is under which people and systems reach the service that listens at one.
func (m mailing) address(listening string) string {
	if m.WebURL == "" {
		return listening
	}
	return strings.TrimSuffix(m.WebURL, "/")
}

func newOutbox(d *database, keys keyFiles, log *slog.Logger) (*db.Outbox, error) {
	sealer, err := envelope.Open(keys.texts())
	if err != nil {
		return nil, err
	}
	return db.NewOutbox(d.DB, sealer, log)
}

// mailCommand looks after mails that were given up.
type mailCommand struct {
	Failed mailFailedCommand `cmd:"" help:"List the mails that were given up: number, kind, tries, time, reason. To whom they were is not told."`
	Retry  mailRetryCommand  `cmd:"" help:"Have mails tried again that were given up."`
}

type mailFailedCommand struct {
	Storage storage `embed:""`
}

// Run lists them.
func (c *mailFailedCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return withOutbox(ctx, log, c.Storage, func(o *db.Outbox) error {
		failed, err := o.FailedMails(ctx)
		if err != nil {
			return err
		}
		if len(failed) == 0 {
			return report(env.out, "No mail was given up.")
		}
		table := tabwriter.NewWriter(env.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "NUMBER\tKIND\tTRIES\tLAST TRY\tREASON")
		for _, m := range failed {
			fmt.Fprintf(table, "%d\t%s\t%d\t%s\t%s\n", m.ID, m.About, m.Tries, m.At.Format(time.RFC3339), m.Reason)
		}
		return table.Flush()
	})
}

type mailRetryCommand struct {
	Storage storage `embed:""`
	Number  []int64 `arg:"" help:"The mails' numbers, as 'mail failed' lists them."`
}

// Run has them tried again.
func (c *mailRetryCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	return withOutbox(ctx, log, c.Storage, func(o *db.Outbox) error {
		for _, number := range c.Number {
			found, err := o.RetryMail(ctx, number)
			if err != nil {
				return err
			}
			if !found {
				return fmt.Errorf("there is no mail %d that was given up", number)
			}
			if err := report(env.out, "Mail %d will be tried again.", number); err != nil {
				return err
			}
		}
		return nil
	})
}

func withOutbox(ctx context.Context, log *slog.Logger, s storage, do func(*db.Outbox) error) error {
	if err := s.keys().check(); err != nil {
		return err
	}
	return withDatabase(ctx, log, s, func(d *database) error {
		o, err := newOutbox(d, s.keys(), log)
		if err != nil {
			return err
		}
		return do(o)
	})
}
