// Package graphql holds what schemas, resolvers, middleware and transports share. It
// has the public face of gqlgen v0.17.95 over an independent implementation.
//
// A request comes in through a [Transport] (package handler/transport), which reads it
// into [RawParams]. A [GraphExecutor] (package executor) makes an [OperationContext] of
// them: parsed, validated, variables coerced. An [ExecutableSchema] (package engine)
// executes that into a [Response].
//
//	handler.go            those interfaces, and what may surround each step
//	context_operation.go  the operation that a context belongs to
//	context_field.go      the field, and where in the response it is
//	context_response.go   errors and extensions of the response, as they gather
//	errors.go             what a client is shown of an error
//	collect.go            what is asked below a field
//	response.go           the response as JSON
//	batch.go              errors of batch resolvers
//	cache.go              where documents and persisted queries are kept
//	marshal.go            how values of scalars and enums are written and read
//	scalar_*.go           the scalars that come with it
//	omittable.go          an input that may be left out
package graphql
