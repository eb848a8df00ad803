// Package migrations holds the steps by which the database came to be what it
// is, as pairs of SQL files NNNN_name.up.sql and NNNN_name.down.sql.
//
// Each file is run whole in a transaction of its own, so it must hold nothing
// that cannot be: no CREATE INDEX CONCURRENTLY, no BEGIN or COMMIT. A file that
// has been released is not changed any more; the next one says what is to be
// different.
package migrations

import "embed"

// Files are the migrations.
//
//go:embed *.sql
var Files embed.FS
