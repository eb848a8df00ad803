package db

import (
	"context"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
)

// statement is a text for prepared with its values, made once of what a reader may
// see: who opens record after record asks the same of all but which.
type statement struct {
	sql  string
	args []any // a slot stands for a value that differs from time to time
}

// slot is the number of such a value.
type slot int

func statementOf(query schema.QueryWithArgs) statement {
	sql, args := parameters(query)
	return statement{sql: sql, args: args}
}

// with answers the values with those of the slots.
func (s statement) with(values ...any) []any {
	args := slices.Clone(s.args)
	for i, arg := range args {
		if n, ok := arg.(slot); ok {
			args[i] = values[n]
		}
	}
	return args
}

// statementKey is what a statement is made of, beside a scope.
type statementKey struct {
	of     any
	beside *authz.Kept // of another scope; nil for none
}

// statementFor answers the statement of a scope that make makes, which is kept as long
// as the scope is.
func statementFor(scope authz.Scope, key statementKey, make func() statement) statement {
	kept := scope.Kept()
	if kept == nil {
		return make()
	}
	if made, ok := kept.Get(key); ok {
		return made.(statement)
	}
	made := make()
	kept.Put(key, made)
	return made
}

// readStatement answers what keep makes of the rows of a statement.
func readStatement[T, R any](ctx context.Context, primary *bun.DB, s statement, values []any, columns func(*T) []any, keep func(*T) R) ([]R, error) {
	args := s.with(values...)
	return reading(ctx, primary, func(ctx context.Context, q bun.IDB) (kept []R, err error) {
		err = preparedText(ctx, q, s.sql, args, columns, func(row *T) { kept = append(kept, keep(row)) })
		return kept, err
	})
}
