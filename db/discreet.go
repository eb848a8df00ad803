package db

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Discreet returns err with a message that cannot repeat what a person wrote:
// of an error of PostgreSQL's it tells the code and the names of the schema it
// concerns. The original, whose message quotes offending values and pieces of
// the statement that bun wrote them into, is still found by errors.As. Any
// other error is returned as it is.
//
// The codes are in appendix A of PostgreSQL's manual.
func Discreet(err error) error {
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		return err
	}
	return discreet{original: err, cause: pgErr}
}

type discreet struct {
	original error
	cause    *pgconn.PgError
}

func (d discreet) Unwrap() error { return d.original }

func (d discreet) Error() string {
	var b strings.Builder
	b.WriteString("PostgreSQL refuses with code " + d.cause.Code)
	for _, name := range []struct{ of, is string }{
		{"table", d.cause.TableName},
		{"column", d.cause.ColumnName},
		{"constraint", d.cause.ConstraintName},
	} {
		if name.is != "" {
			b.WriteString(", " + name.of + " " + name.is)
		}
	}
	return b.String()
}
