package engine

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// entry is a field, an argument, an input field, an enum value or a directive:
// introspection tells much the same of each.
type entry struct {
	name, description string
	directives        ast.DirectiveList
	typ               *ast.Type
	args              ast.ArgumentDefinitionList
	fallback          *ast.Value
	repeatable        bool
	locations         []ast.DirectiveLocation
}

func ofField(f *ast.FieldDefinition) *entry {
	return &entry{
		name: f.Name, description: f.Description, directives: f.Directives,
		typ: f.Type, args: f.Arguments, fallback: f.DefaultValue,
	}
}

func ofArgument(a *ast.ArgumentDefinition) *entry {
	return &entry{name: a.Name, description: a.Description, directives: a.Directives, typ: a.Type, fallback: a.DefaultValue}
}

func ofEnumValue(v *ast.EnumValueDefinition) *entry {
	return &entry{name: v.Name, description: v.Description, directives: v.Directives}
}

func ofDirective(d *ast.DirectiveDefinition) *entry {
	return &entry{
		name: d.Name, description: d.Description, args: d.Arguments,
		repeatable: d.IsRepeatable, locations: d.Locations,
	}
}

func entryReaders() map[string]reader {
	of := func(read func(e *entry, args args) any) reader {
		return func(parent any, args args) any { return read(parent.(*entry), args) }
	}
	return map[string]reader{
		"name":              of(func(e *entry, _ args) any { return e.name }),
		"description":       of(func(e *entry, _ args) any { return optional(e.description) }),
		"type":              of(func(e *entry, _ args) any { return e.typ }),
		"args":              of(func(e *entry, args args) any { return current(e.args, ofArgument, args) }),
		"isDeprecated":      of(func(e *entry, _ args) any { return e.directives.ForName("deprecated") != nil }),
		"deprecationReason": of(func(e *entry, _ args) any { return directiveArgument(e.directives, "deprecated", "reason") }),
		"isRepeatable":      of(func(e *entry, _ args) any { return e.repeatable }),
		"locations": of(func(e *entry, _ args) any {
			return each(e.locations, func(l ast.DirectiveLocation) any { return string(l) })
		}),
		"defaultValue": of(func(e *entry, _ args) any {
			if e.fallback == nil {
				return nil
			}
			return e.fallback.String()
		}),
	}
}

// current lists entries: those that introspection has added left out, and what is
// deprecated, unless the argument asks for it.
func current[T any](all []T, of func(T) *entry, args args) any {
	deprecated, _ := args["includeDeprecated"].(bool)
	return each(all, func(t T) any {
		e := of(t)
		if strings.HasPrefix(e.name, "__") || !deprecated && e.directives.ForName("deprecated") != nil {
			return nil
		}
		return e
	})
}

// each lists what make answers for each of all, nil left out.
func each[T any](all []T, make func(t T) any) any {
	found := []any{}
	for _, t := range all {
		if v := make(t); v != nil {
			found = append(found, v)
		}
	}
	return found
}

// directiveArgument is a string argument of an applied directive or, where it is
// left out, its default.
func directiveArgument(directives ast.DirectiveList, directive, argument string) any {
	d := directives.ForName(directive)
	if d == nil {
		return nil
	}
	value := d.Definition.Arguments.ForName(argument).DefaultValue
	if a := d.Arguments.ForName(argument); a != nil {
		value = a.Value
	}
	if value == nil || value.Kind == ast.NullValue {
		return nil
	}
	return value.Raw
}

// optional is a description: null where it is empty.
func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}
