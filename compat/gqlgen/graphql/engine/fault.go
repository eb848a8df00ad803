package engine

import (
	"cmp"
	"context"
	"errors"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

var (
	errNoField     = errors.New("the tables have no such field")
	errBatchLength = errors.New("the batch has not one result per parent")
	errBatchErrors = errors.New("the batch has not one error per parent")
	errUnknownType = errors.New("the value is of none of the types this field can have")
	errNotAList    = errors.New("the value is not a list of the kind this field has")
	errNotLegal    = errors.New("the value is not one of the field's type")
	errPanic       = errors.New("the recover function answered no error")
)

// errNull is what a client learns of a null where the schema promises a value.
func errNull() error { return gqlerror.Errorf("must not be null") }

func errIntrospection() error { return gqlerror.Errorf("introspection is disabled") }

// recovered turns a panic into err. It is to be deferred.
func (r *run) recovered(ctx context.Context, err *error) {
	if p := recover(); p != nil {
		*err = r.fault(ctx, p)
	}
}

// fault is the error of a panic.
func (r *run) fault(ctx context.Context, p any) error {
	return cmp.Or(r.op.Recover(ctx, p), errPanic)
}
