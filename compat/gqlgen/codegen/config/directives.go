package config

import (
	"fmt"
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Directives that configure generation from within the schema.
const (
	goModel = "goModel"
	goField = "goField"
	goTag   = "goTag"
	goEnum  = "goEnum"
)

// readDirectives turns @goModel, @goField and @goEnum into entries of Models, and
// refuses arguments of theirs that are not supported. gqlgen.yml has the last word.
func (c *Config) readDirectives() error {
	for _, name := range slices.Sorted(maps.Keys(c.Schema.Types)) {
		def := c.Schema.Types[name]
		if def.BuiltIn {
			continue
		}
		entry := c.Models[name]
		if err := readModel(def, &entry); err != nil {
			return err
		}
		for _, field := range def.Fields {
			if err := readField(def, field, &entry); err != nil {
				return err
			}
		}
		for _, value := range def.EnumValues {
			if err := readEnum(def, value, &entry); err != nil {
				return err
			}
		}
		if len(entry.Model)+len(entry.Fields)+len(entry.EnumValues) > 0 {
			c.Models[name] = entry
		}
	}
	return nil
}

func readModel(def *ast.Definition, entry *TypeEntry) error {
	d := def.Directives.ForName(goModel)
	if d == nil {
		return nil
	}
	if err := only(d, def.Name, "model", "models"); err != nil {
		return err
	}
	if len(entry.Model) > 0 {
		return nil
	}
	if arg := d.Arguments.ForName("model"); arg != nil {
		entry.Model = append(entry.Model, arg.Value.Raw)
	}
	if arg := d.Arguments.ForName("models"); arg != nil {
		for _, child := range arg.Value.Children {
			entry.Model = append(entry.Model, child.Value.Raw)
		}
	}
	return nil
}

func readField(def *ast.Definition, field *ast.FieldDefinition, entry *TypeEntry) error {
	where := def.Name + "." + field.Name
	if tag := field.Directives.ForName(goTag); tag != nil {
		if err := only(tag, where, "key", "value"); err != nil {
			return err
		}
	}
	d := field.Directives.ForName(goField)
	if d == nil {
		return nil
	}
	if err := only(d, where, "forceResolver", "name", "omittable", "batch"); err != nil {
		return err
	}
	if _, ok := entry.Fields[field.Name]; ok {
		return nil
	}
	var f TypeField
	for _, arg := range d.Arguments {
		switch yes := arg.Value.Raw == "true"; arg.Name {
		case "forceResolver":
			f.Resolver = yes
		case "name":
			f.FieldName = arg.Value.Raw
		case "omittable":
			f.Omittable = &yes
		case "batch":
			f.Batch = yes
		}
	}
	if f.Batch && !f.Resolver {
		return fmt.Errorf("%s: @goField(batch: true) needs forceResolver: true", where)
	}
	entry.Fields = maps.Clone(entry.Fields)
	if entry.Fields == nil {
		entry.Fields = map[string]TypeField{}
	}
	entry.Fields[field.Name] = f
	return nil
}

func readEnum(def *ast.Definition, value *ast.EnumValueDefinition, entry *TypeEntry) error {
	d := value.Directives.ForName(goEnum)
	if d == nil {
		return nil
	}
	if err := only(d, def.Name+"."+value.Name, "value"); err != nil {
		return err
	}
	if _, ok := entry.EnumValues[value.Name]; ok {
		return nil
	}
	entry.EnumValues = maps.Clone(entry.EnumValues)
	if entry.EnumValues == nil {
		entry.EnumValues = map[string]EnumValue{}
	}
	entry.EnumValues[value.Name] = EnumValue{Value: d.Arguments.ForName("value").Value.Raw}
	return nil
}

func only(d *ast.Directive, where string, supported ...string) error {
	for _, arg := range d.Arguments {
		if !slices.Contains(supported, arg.Name) {
			return fmt.Errorf("%s: @%s(%s:) is not supported", where, d.Name, arg.Name)
		}
	}
	return nil
}

// Tags are the struct tags that @goTag asks for, as key and value.
func Tags(field *ast.FieldDefinition) [][2]string {
	var out [][2]string
	for _, d := range field.Directives.ForNames(goTag) {
		key := d.Arguments.ForName("key")
		value := field.Name
		if arg := d.Arguments.ForName("value"); arg != nil {
			value = arg.Value.Raw
		}
		if key != nil {
			out = append(out, [2]string{key.Value.Raw, value})
		}
	}
	return out
}

// Runtime reports whether a directive has a function behind it: it was declared in a
// schema file and not marked skip_runtime.
func (c *Config) Runtime(d *ast.DirectiveDefinition) bool {
	switch d.Name {
	case goModel, goField, goTag, goEnum, "entityResolver":
		return false
	}
	if d.Position == nil || d.Position.Src == nil || d.Position.Src.BuiltIn {
		return false
	}
	return !c.Directives[d.Name].SkipRuntime
}
