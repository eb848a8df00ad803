// Package fedruntime is what federation's generated code runs on.
package fedruntime

import (
	"context"

	"github.com/99designs/gqlgen/graphql/engine"
)

// Service is what _service answers: the subgraph's schema in schema definition language.
type Service struct {
	SDL string `json:"sdl"`
}

// Entity is a Go type that stands for an entity of the federation.
type Entity interface {
	IsEntity()
}

// AddService adds Query._service. It does not ask whether introspection is allowed: a
// router composes the schema from it, and operators guard it by what reaches the server.
func AddService(tables *engine.Tables, sdl string) {
	service := &Service{SDL: sdl}
	tables.Objects["_Service"] = &engine.Object{Name: "_Service", Fields: map[string]*engine.Field{
		"sdl": {
			Read: func(_ context.Context, parent any, _ map[string]any) (any, error) {
				return parent.(*Service).SDL, nil
			},
			Value: &engine.Value{Type: "String", Append: func(_ context.Context, dst []byte, value any) ([]byte, bool, error) {
				return engine.AppendString(dst, value.(string)), true, nil
			}},
		},
	}}
	tables.Objects[tables.Schema.Query.Name].Fields["_service"] = &engine.Field{
		Read:  func(context.Context, any, map[string]any) (any, error) { return service, nil },
		Value: &engine.Value{Type: "_Service", NonNull: true},
	}
}
