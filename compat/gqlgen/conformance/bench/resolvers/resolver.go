// Package resolvers answers from memory.
package resolvers

import "github.com/99designs/gqlgen/conformance/bench/data"

// Resolver is the root of all resolvers.
type Resolver struct{ Data *data.Data }
