// Package fieldkey names the place of a field's context, so that the engine can
// carry one without an allocation of its own.
package fieldkey

// Key is the key under which a context keeps its *graphql.FieldContext.
type Key struct{}
