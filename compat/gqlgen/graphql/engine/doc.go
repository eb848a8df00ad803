// Package engine executes GraphQL operations breadth first.
//
// Generated code describes a schema to it as [Tables]: one [Object] per object type,
// one [Field] per field. [New] makes them executable.
//
// # The way of an operation
//
//   - Collect and plan (plan.go): the selection set is collected once for each object
//     type that is met at its place, and what the writer will need to know of each field
//     is worked out. All objects met at that place share it, and so do later requests that
//     ask the same. Arguments (args.go) are coerced once for each request.
//   - Waves (wave.go): objects that share a selection are rows, each field of theirs is a
//     column. A wave holds all rows of a level. Columns without input or output are
//     read at once, and the objects they answer join the same wave; all others are called
//     together (call.go): a resolver for each row, a batch resolver (batch.go) once for
//     the rows of all columns that ask the same of it. Their objects are the next wave.
//   - Completion (complete.go): answers become cells, which are null, an object's place
//     among the rows of a wave, a list of cells, or an error.
//   - Writing (write.go): when no wave is left, the rows are written as JSON into one
//     buffer, depth first and in the order of the selections. Leaves are read only now,
//     and so are objects below which the plan has nothing to resolve (inline.go): they
//     become rows only where something is amiss below them. A null that its type forbids
//     takes back what was written of the object around it. Buffers are lent: see
//     graphql.Response.
//
// # Where the specification's algorithms are
//
//	CollectFields, MergeSelectionSets    graphql.CollectFields, plan.selection
//	CoerceVariableValues                 internal/coerce.Variables, by the executor
//	CoerceArgumentValues                 internal/coerce.Arguments, run.args
//	ExecuteQuery, ExecuteMutation        Schema.execute; serial in run.oneByOne
//	ExecuteSelectionSet                  run.resolve and run.level, then writing.fields
//	ResolveFieldValue                    run.ask, for one row; run.answer, for many
//	CompleteValue, ResolveAbstractType   run.complete; leaves in writing.leaf
//	HandleFieldError                     writing.end and writing.fail
//	CreateSourceEventStream              Schema.subscribe
//	ExecuteSubscriptionEvent             Schema.event
//	Schema Introspection                 introspect.go
//
// # What runs where
//
// An operation is executed on the goroutine that asks for its response. Only calls of
// resolvers leave it, for a pool of fifteen others that end with their wave, whatever
// the number of rows; [Parallel] lends what is left of it to resolvers. Without
// anything to wait for no goroutine is started. Root fields with middleware of
// their own are executed on the pool, each as an operation would be. A subscription
// has no goroutine: each event is executed by whoever asks for the response to it.
//
// Once the context is done no resolver is begun, those that run are waited for, and the
// answer is null.
//
// # Contexts
//
// Contexts of fields (context.go) are made only where somebody looks: for resolvers,
// for middleware, and for errors. Without middleware, a leaf costs no allocation but its own.
package engine
