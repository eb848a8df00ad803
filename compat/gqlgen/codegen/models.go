package codegen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/name"
)

// member is a field of a struct that is generated.
type member struct{ Description, Name, Type, Tag string }

// members are the fields of a struct. Root types have none: resolvers answer theirs.
func (p *printer) members(def *ast.Definition) (out []member, err error) {
	if s := p.Config.Schema; def == s.Query || def == s.Mutation || def == s.Subscription {
		return nil, nil
	}
	for _, field := range def.Fields {
		bound := p.Config.Models[def.Name].Fields[field.Name]
		ref := p.Binder.Default(field.Type)
		if !ref.Def.IsLeafType() {
			ref.Go = binder.StructPointer(ref.Go)
		}
		m := member{Description: field.Description, Name: name.Go(cmp.Or(bound.FieldName, field.Name)), Type: p.Type(ref.Go)}
		omittable := def.Kind == ast.InputObject && p.Config.NullableInputOmittable && !field.Type.NonNull
		if bound.Omittable != nil {
			omittable = *bound.Omittable
		}
		option := ""
		switch {
		case omittable:
			m.Type, option = p.Object(graphqlPath, "graphql", "Omittable")+"["+m.Type+"]", ",omitzero"
		case !field.Type.NonNull:
			option = ",omitempty"
		}
		if m.Tag, err = structTag(field, option); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// structTag is a field's struct tag: json, unless @goTag gives another.
func structTag(field *ast.FieldDefinition, option string) (string, error) {
	tags, err := config.Tags(field)
	if !slices.ContainsFunc(tags, func(tag config.Tag) bool { return tag.Key == "json" }) {
		tags = append([]config.Tag{{Key: "json", Value: field.Name + option}}, tags...)
	}
	var parts []string
	for _, tag := range tags {
		parts = append(parts, tag.Key+":"+strconv.Quote(tag.Value))
	}
	return strings.Join(parts, " "), err
}
