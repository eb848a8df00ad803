//go:build unix

package dbtest

import "context"

// Prepare makes the template of the options, as New and Fresh do first.
func Prepare(ctx context.Context, opts ...Option) error {
	r, err := startRun()
	if err != nil {
		return err
	}
	t, err := newTemplate(opts)
	if err != nil {
		return err
	}
	return r.ensure(ctx, t)
}

// HashOf is what a template is known by.
var HashOf = hashOf
