package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // a machine without time zones still knows England's

	"lfpse/db"
	"lfpse/db/embedded"
	"lfpse/db/reference"
	"lfpse/internal/access"
	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/client"
	"lfpse/internal/envelope"
	"lfpse/internal/event"
	"lfpse/internal/export"
	"lfpse/internal/governance"
	"lfpse/internal/inbox"
	"lfpse/internal/organisation"
	"lfpse/internal/redaction"
	"lfpse/internal/taxonomy"
	"lfpse/internal/token"
	"lfpse/policies"
)

const (
	slowStatement = 500 * time.Millisecond
	// mapInterval is how soon a change of the map made by another process is seen.
	mapInterval = 5 * time.Second
	// receiptInterval is how much longer than they are good for receipts of
	// anonymous events may stay.
	receiptInterval = time.Hour
	// policyInterval is how often what falls due is looked for: each is told once,
	// in the hour in which its day comes near.
	policyInterval = time.Hour
	// sealInterval is how soon an entry of the audit trail is sealed.
	sealInterval = time.Second
	// accessInterval is how soon it is seen that a grant has run out, or an ICB.
	accessInterval = time.Minute
	// areaInterval is how soon the events of organisations that moved stand under their
	// new areas, and how long the counts of areas lie unadded.
	areaInterval = 10 * time.Second
	stopGrace    = 10 * time.Second
	// maxHashing bounds the passwords verified at once: each takes 19 MiB.
	maxHashing = 4
)

// database is an open database, and the server under it where the service runs its own.
type database struct {
	*db.DB
	owner  *db.DB // once prepared; nil where the URL is not the owner's
	url    string
	server *embedded.Server
}

// open opens the database, starting a server of its own where none is named.
func (s storage) open(ctx context.Context, log *slog.Logger) (*database, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	d := &database{url: s.DatabaseURL}
	if d.url == "" {
		var err error
		if d.url, err = d.start(ctx, s, log); err != nil {
			return nil, err
		}
	}
	var err error
	if d.DB, err = db.Open(ctx, d.url, db.WithSlowLog(log, slowStatement)); err != nil {
		return nil, errors.Join(err, d.stop())
	}
	return d, nil
}

func (d *database) start(ctx context.Context, s storage, log *slog.Logger) (url string, err error) {
	d.server, err = embedded.Start(ctx, embedded.Options{
		Dir: filepath.Join(s.Data, "postgres"), Log: log, Durable: true, Bin: s.PostgresBin,
	})
	if err != nil {
		return "", err
	}
	const name = "lfpse"
	if err := d.server.EnsureDatabase(ctx, name); err != nil {
		return "", errors.Join(err, d.stop())
	}
	return d.server.URL(name), nil
}

// close closes the database and stops a server of its own.
func (d *database) close() error {
	var err error
	if d.owner != nil {
		err = d.owner.Close()
	}
	return errors.Join(d.DB.Close(), err, d.stop())
}

func (d *database) stop() error {
	if d.server == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopGrace)
	defer cancel()
	return d.server.Stop(ctx)
}

// services are the domain's services over one database.
type services struct {
	events    *event.Service
	accounts  *account.Service
	access    *accessrequest.Service
	geography *organisation.Directory
	policy    *policies.Authorizer
	taxonomy  *taxonomy.Registry
	outbox    *db.Outbox
	trail     *db.Trail
	inbox     *inbox.Service
	clients   *client.Service
	exports   *export.Service
	// watch ends what goes on for longer than the access that it began with.
	watch *access.Watch

	governance *governance.Service
	assessor   *governance.Assessor
}

// assemble brings the tables up to date, loads the map and makes the services.
func assemble(ctx context.Context, log *slog.Logger, d *database, keys keyFiles, j joining) (*services, error) {
	if err := keys.check(); err != nil {
		return nil, err
	}
	if err := d.prepare(ctx, log); err != nil {
		return nil, err
	}
	if _, err := reference.Load(ctx, d.DB.DB); err != nil {
		return nil, fmt.Errorf("loading reference data: %w", err)
	}
	geography, err := organisation.NewDirectory(ctx, db.NewOrganisations(d.DB.DB))
	if err != nil {
		return nil, err
	}
	policy, err := policies.New(ctx, policies.Options{Geography: geography})
	if err != nil {
		return nil, err
	}
	codes, err := taxonomy.Load()
	if err != nil {
		return nil, err
	}
	s := &services{geography: geography, policy: policy, taxonomy: codes, trail: db.NewTrail(d.DB)}
	calendar, err := governance.NewCalendar()
	if err != nil {
		return nil, err
	}
	if s.assessor, err = newAssessor(ctx, log, calendar, geography); err != nil {
		return nil, err
	}
	if s.outbox, err = newOutbox(d, keys, log); err != nil {
		return nil, err
	}
	if s.accounts, err = newAccounts(ctx, d, keys, s, j); err != nil {
		return nil, err
	}
	if s.access, err = newAccess(d, s); err != nil {
		return nil, err
	}
	sealer, err := envelope.Open(keys.texts())
	if err != nil {
		return nil, err
	}
	if s.events, err = newEvents(d, keys, s, sealer); err != nil {
		return nil, err
	}
	s.inbox = inbox.NewService(db.NewNotifications(d.DB.DB), policy, time.Now)
	s.clients = client.NewService(client.Options{Store: db.NewClients(d.DB.DB), Policy: policy, Exists: geography.Exists, Now: time.Now})
	s.watch = access.NewWatch(access.Options{Present: s.accounts.Present, Geography: geography})
	s.exports = export.NewService(export.Options{
		Store: db.NewExports(d.DB.DB), Events: s.events, Policy: policy, Present: s.accounts.Present, While: s.watch.While, Sealer: sealer, Now: time.Now,
	})
	s.governance = governance.NewService(governance.Options{
		Store: db.NewGovernance(d.DB.DB, s.outbox, s.assessor), Events: s.events, Policy: policy, Taxonomy: codes, Calendar: calendar,
		Exists: geography.Exists, Now: time.Now,
	})
	return s, nil
}

// newAssessor makes what works out what law and national policy ask of events.
func newAssessor(ctx context.Context, log *slog.Logger, calendar *governance.Calendar, geography *organisation.Directory) (*governance.Assessor, error) {
	rules, err := policies.NewRequirements(ctx)
	if err != nil {
		return nil, err
	}
	return governance.NewAssessor(governance.AssessorOptions{
		Judge: rules, Calendar: calendar, TypeOf: geography.TypeOf, Log: log,
	}), nil
}

func newAccounts(ctx context.Context, d *database, keys keyFiles, s *services, j joining) (*account.Service, error) {
	tokens, err := token.Open(keys.tokens(), token.Options{Issuer: "lfpse", Audience: "lfpse", Now: time.Now})
	if err != nil {
		return nil, err
	}
	hasher, err := account.NewHasher(j.params(), maxHashing)
	if err != nil {
		return nil, err
	}
	zone, err := england()
	if err != nil {
		return nil, err
	}
	identities, err := j.OIDC.identities()
	if err != nil {
		return nil, err
	}
	return account.New(ctx, account.Options{
		Store: db.NewAccounts(d.DB.DB, s.outbox), Tokens: tokens, Policy: s.policy, Hasher: hasher, Now: time.Now,
		Domains: j.domains(), HelpDesk: j.HelpDesk, Zone: zone, Identities: identities,
	})
}

func newAccess(d *database, s *services) (*accessrequest.Service, error) {
	zone, err := england()
	if err != nil {
		return nil, err
	}
	return accessrequest.New(accessrequest.Options{
		Store: db.NewAccessRequests(d.DB.DB, s.outbox), Policy: s.policy, Geography: s.geography, Now: time.Now, Zone: zone,
	})
}

func newEvents(d *database, keys keyFiles, s *services, sealer *envelope.Sealer) (*event.Service, error) {
	secret, err := readSecret(keys.hashes())
	if err != nil {
		return nil, err
	}
	zone, err := england()
	if err != nil {
		return nil, err
	}
	return event.NewService(event.Options{
		Store: db.NewEvents(d.DB.DB, s.assessor), Policy: s.policy, Geography: s.geography, Taxonomy: s.taxonomy,
		Redactor: redaction.New(), Sealer: sealer, Secret: secret, Zone: zone, Now: time.Now,
	}), nil
}

// england is the zone in which the service's people live.
func england() (*time.Location, error) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("finding England's time zone: %w", err)
	}
	return zone, nil
}

// private makes the data folder; the keys in it have folders of their own.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o711); err != nil { // the database server's account passes through
		return fmt.Errorf("making the data folder: %w", err)
	}
	return nil
}
