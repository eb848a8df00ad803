package dataloader

import "context"

// Functions that a tracer is told the outcome by.
type (
	TraceLoadFinishFunc[V any]     func(Thunk[V])
	TraceLoadManyFinishFunc[V any] func(ThunkMany[V])
	TraceBatchFinishFunc[V any]    func([]*Result[V])
)

// Tracer is told of every load and every batch. The context it answers is passed on.
type Tracer[K comparable, V any] interface {
	TraceLoad(ctx context.Context, key K) (context.Context, TraceLoadFinishFunc[V])
	TraceLoadMany(ctx context.Context, keys []K) (context.Context, TraceLoadManyFinishFunc[V])
	TraceBatch(ctx context.Context, keys []K) (context.Context, TraceBatchFinishFunc[V])
}

// NoopTracer traces nothing.
type NoopTracer[K comparable, V any] struct{}

// TraceLoad does nothing.
func (NoopTracer[K, V]) TraceLoad(ctx context.Context, _ K) (context.Context, TraceLoadFinishFunc[V]) {
	return ctx, func(Thunk[V]) {}
}

// TraceLoadMany does nothing.
func (NoopTracer[K, V]) TraceLoadMany(ctx context.Context, _ []K) (context.Context, TraceLoadManyFinishFunc[V]) {
	return ctx, func(ThunkMany[V]) {}
}

// TraceBatch does nothing.
func (NoopTracer[K, V]) TraceBatch(ctx context.Context, _ []K) (context.Context, TraceBatchFinishFunc[V]) {
	return ctx, func([]*Result[V]) {}
}
