// Package codegen describes a schema as it is bound to Go, and prints the executor.
//
// The generator works in four stages, which api.Generate calls one after the other:
//
//	read      codegen/config: gqlgen.yml, the schema's files, and the directives by which
//	          they configure generation; plugin/federation adds a subgraph's own fields;
//	          plugin/resolvergen cuts the resolvers that exist into declarations.
//	bind      internal/binder: which Go type stands for a type of the schema, which
//	          member for a field. Types without one get a model, printed by models.gotpl.
//	describe  data.go: objects, fields, inputs and keys of entities, with the Go types
//	          that the binder found. It is all that the last stage looks at.
//	print     print.go with object, leaf, root and federation.gotpl for the executor;
//	          plugin/resolvergen for the resolvers. internal/gofile manages imports.
//
// What is taken for granted on the way, such as signatures of functions that carry a
// scalar, is checked by the compiler at the end. Printed code runs on codegen/coerce
// and plugin/federation/fedruntime. internal/name makes Go names of GraphQL's.
package codegen
