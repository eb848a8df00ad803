package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"lfpse/db"
	"lfpse/graph"
	"lfpse/graph/graphiql"
	"lfpse/resolvers"
)

// listening says where the service listens.
type listening struct {
	Host string `help:"The address to listen on." default:"127.0.0.1" env:"LFPSE_HOST"`
	Port int    `help:"The port to listen on; 0 for any that is free." default:"8080" env:"LFPSE_PORT"`
}

func (l listening) listen() (net.Listener, error) {
	if l.Port < 0 || l.Port > 65535 {
		return nil, fmt.Errorf("LFPSE_PORT must be between 0 and 65535")
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(l.Host, fmt.Sprint(l.Port)))
	if err != nil {
		return nil, fmt.Errorf("listening: %w; another --port (LFPSE_PORT) may be free, 0 takes any that is", err)
	}
	return listener, nil
}

// serveCommand serves real data.
type serveCommand struct {
	Storage     storage     `embed:""`
	Replication replication `embed:""`
	Listening   listening   `embed:""`
	Mailing     mailing     `embed:""`
	Joining     joining     `embed:""`
	GraphiQL    bool        `name:"graphiql" help:"Serve GraphiQL at /graphiql/." default:"true" negatable:"" env:"LFPSE_GRAPHIQL"`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, log *slog.Logger) error {
	if err := errors.Join(c.Storage.keys().check(), c.Replication.check(c.Storage)); err != nil {
		return err
	}
	listener, err := c.Listening.listen()
	if err != nil {
		return err
	}
	defer listener.Close() //nolint:errcheck // serving closes it first
	post, err := c.Mailing.delivery("http://" + listener.Addr().String())
	if err != nil {
		return err
	}
	if post.Sender == nil {
		log.WarnContext(ctx, "LFPSE_SMTP_HOST is not set: mails wait in the database until it is, and nobody can register or reset a password meanwhile")
	}
	if err := private(c.Storage.Data); err != nil {
		return err
	}
	d, err := c.Storage.open(ctx, log)
	if err != nil {
		return err
	}
	s, err := assemble(ctx, log, d, c.Storage.keys(), c.Joining)
	if err == nil {
		err = d.follow(ctx, log, c.Replication)
	}
	if err != nil {
		return errors.Join(err, d.close())
	}
	var page http.Handler
	if c.GraphiQL {
		page = graphiql.New(graphiql.Options{Endpoint: "/graphql", Title: "lfpse"})
	}
	log.InfoContext(ctx, "serving", "graphql", "http://"+listener.Addr().String()+"/graphql")
	return errors.Join(serve(ctx, log, listener, d, s, site{address: c.Mailing.address("http://" + listener.Addr().String()), graphiql: page, post: post}), d.close())
}

const (
	headerTime = 10 * time.Second
	readTime   = 30 * time.Second
	writeTime  = 60 * time.Second
	idleTime   = 2 * time.Minute
)

// site is what is served beside the graph, and under which address; each handler may be nil.
type site struct {
	address  string
	graphiql http.Handler
	mailbox  http.Handler
	post     db.Delivery
}

// serve answers requests and delivers mail until the context ends, or the
// database's server does, then lets what is under way finish.
func serve(ctx context.Context, log *slog.Logger, listener net.Listener, d *database, s *services, extra site) error {
	ctx, cancel := context.WithCancel(ctx)
	spendMemory(ctx, os.LookupEnv)
	delivered := make(chan error, 1)
	go func() { delivered <- deliver(ctx, log, s, extra.post) }()
	err := answer(ctx, log, listener, d, s, extra)
	cancel()
	return errors.Join(err, <-delivered)
}

// deliver delivers mail, and has looked at what people ask for an address. If it
// cannot, the service goes on without: both wait.
func deliver(ctx context.Context, log *slog.Logger, s *services, post db.Delivery) error {
	post.Answer = s.accounts.Answer
	err := s.outbox.Deliver(ctx, post)
	if err != nil {
		log.ErrorContext(ctx, "mail is not delivered", "error", db.Discreet(err))
	}
	return err
}

func answer(ctx context.Context, log *slog.Logger, listener net.Listener, d *database, s *services, extra site) error {
	go s.geography.Watch(ctx, mapInterval, log)
	go db.Listen(ctx, d.DB, newHearing(ctx, log, s), log)
	go s.events.ForgetReceipts(ctx, receiptInterval, log)
	go s.governance.Keep(ctx, policyInterval, log)
	go s.trail.Watch(ctx, sealInterval, log)
	go s.access.Watch(ctx, accessInterval, log)
	if d.replicas != nil {
		go d.replicas.Watch(ctx)
	}
	go db.NewAreas(d.DB.DB).Watch(ctx, s.geography, areaInterval, log)
	handler, err := newHandler(log, d, s, extra)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	debug.FreeOSMemory() // what starting has used
	if err := letGo(); err != nil {
		log.DebugContext(ctx, "more is held than is needed", "error", err)
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-d.gone():
		return errors.Join(errors.New("PostgreSQL ended by itself; its log says why"), server.Close())
	case <-ctx.Done():
	}
	log.Info("stopping")
	grace, end := context.WithTimeout(context.Background(), stopGrace)
	defer end()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("stopping: %w", errors.Join(err, server.Close()))
	}
	return nil
}

func newHandler(log *slog.Logger, d *database, s *services, extra site) (http.Handler, error) {
	return graph.New(graph.Options{
		Resolver: &resolvers.Resolver{
			Events: s.events, Accounts: s.accounts, Inbox: s.inbox, AccessRequests: s.access, Geography: s.geography, Taxonomy: s.taxonomy, Policy: s.policy, Now: time.Now,
			Governance: s.governance, Clients: s.clients, Exports: s.exports, ExportsAt: extra.address + graph.ExportsPath,
		},
		Policy: s.policy, Log: log, Address: extra.address, GraphiQL: extra.graphiql, Mailbox: extra.mailbox, Discreet: db.Discreet, Copies: d.copies(),
		Ready: func(ctx context.Context) error { return d.PingContext(ctx) },
	})
}

// gone is closed when a server of the service's own ends; nil, which never
// is, for one that is not.
func (d *database) gone() <-chan struct{} {
	if d.server == nil {
		return nil
	}
	return d.server.Done()
}
