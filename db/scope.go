package db

import (
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
)

// condition makes a reader's filter part of a statement: the SQL with its
// arguments bound, FALSE for a filter that says nothing.
func condition(f authz.Filter) schema.QueryWithArgs {
	sql, args := f.SQL()
	if len(args) == 0 { // bun complains of arguments without a place, even of none
		return bun.SafeQuery("(" + sql + ")")
	}
	bound := make([]any, len(args))
	for i, arg := range args {
		if list, ok := arg.([]string); ok {
			arg = pgdialect.Array(list)
		}
		bound[i] = arg
	}
	return bun.SafeQuery("("+sql+")", bound...)
}

// shower answers the condition under which a row shows a class of field.
type shower func(authz.Class) schema.QueryWithArgs

// scopeOf answers the conditions of a scope for its own noun; a scope of
// another noun admits nothing.
func scopeOf(scope authz.Scope, noun authz.Noun) (rows schema.QueryWithArgs, shows shower) {
	if scope.Noun() != noun {
		return condition(authz.Filter{}), func(authz.Class) schema.QueryWithArgs { return condition(authz.Filter{}) }
	}
	return condition(scope.Rows()), func(c authz.Class) schema.QueryWithArgs { return condition(scope.Shows(c)) }
}

// anonymisedAlone shows what a scope does but for what was typed.
func anonymisedAlone(shows shower) shower {
	return func(c authz.Class) schema.QueryWithArgs {
		switch c {
		case authz.TextOriginal, authz.ReasonOriginal, authz.Contact:
			return condition(authz.Filter{})
		}
		return shows(c)
	}
}
