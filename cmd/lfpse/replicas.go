package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"lfpse/db"
	"lfpse/graph"
)

// replication says which servers follow the database's.
type replication struct {
	DatabaseReplicaURLs []string `name:"database-replica-urls" help:"PostgreSQL's URLs of read replicas of the database, with commas between: queries are answered from them." env:"LFPSE_DATABASE_REPLICA_URLS" placeholder:"URL"`
}

// check refuses replicas of a server that is the service's own: it has none.
func (r replication) check(s storage) error {
	if len(r.DatabaseReplicaURLs) > 0 && s.DatabaseURL == "" {
		return errors.New("LFPSE_DATABASE_REPLICA_URLS is set, and LFPSE_DATABASE_URL is not: replicas are of the database that it names")
	}
	return nil
}

// follow opens the replicas of a database that is prepared: they are spoken to as
// the same role.
func (d *database) follow(ctx context.Context, log *slog.Logger, r replication) error {
	if len(r.DatabaseReplicaURLs) == 0 {
		return nil
	}
	options := []db.Option{db.WithSlowLog(log, slowStatement)}
	if d.owner != nil {
		options = append(options, db.WithRole(db.ServiceRole))
	}
	var err error
	if d.replicas, err = db.OpenReplicas(ctx, d.DB, r.DatabaseReplicaURLs, log, options...); err != nil {
		return fmt.Errorf("LFPSE_DATABASE_REPLICA_URLS: %w", err)
	}
	return nil
}

// copies are the replicas as the graph asks them; nil for none.
func (d *database) copies() graph.Copies {
	if d.replicas == nil {
		return nil
	}
	return d.replicas
}
