package engine

import (
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/coerce"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// arguments are those of a field as a request gives them, or why they are not right.
type arguments struct {
	values map[string]any
	err    error
}

// args answers the arguments of a field, or why it has no value. Arguments are read
// once, on the goroutine of the run; the others find them there.
func (r *run) args(f *field) (map[string]any, error) {
	if len(f.arguments) == 0 || f.err != nil {
		return nil, f.err
	}
	return r.given(f)
}

func (r *run) given(f *field) (map[string]any, error) {
	known, ok := r.arguments[f]
	if !ok {
		known.values, known.err = r.readArgs(f)
		r.arguments[f] = known
	}
	return known.values, known.err
}

// readArgs reads the arguments of a field. Specification: CoerceArgumentValues.
func (r *run) readArgs(f *field) (args map[string]any, err error) {
	raw, invalid := coerce.Arguments(r.schema.tables.Schema, f.arguments, f.Arguments, r.op.Variables)
	if invalid != nil {
		return nil, invalid
	}
	if f.table.Args == nil {
		return raw, nil
	}
	at := &frame{Context: r.ctx, field: graphql.FieldContext{Field: f.CollectedField}}
	defer r.recovered(at, &err)
	if args, err = f.table.Args(at, raw); err != nil {
		return nil, argumentError(f.Name, err)
	}
	return args, nil
}

// argumentError makes a public error of one that an argument's own type gave: its
// text stays inside, for it may repeat the value.
func argumentError(field string, err error) error {
	var public *gqlerror.Error
	if errors.As(err, &public) {
		return err
	}
	return &gqlerror.Error{Err: err, Message: "an argument of " + field + " is not of the form its type asks for"}
}
