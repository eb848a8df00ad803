package executor

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// specificationRules are the parser's rules, and what they let through of literals
// that are not of their type. Specification: values of correct type.
func specificationRules() *rules.Rules {
	set := rules.NewDefaultRules()
	set.AddRule("LiteralsOfCorrectType", literalsOfCorrectType)
	return set
}

func literalsOfCorrectType(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if message := misfit(value); message != "" {
			addError(core.Message("%s", message), core.At(value.Position))
		}
	})
}

// misfit says why a literal is not of its type, where the other rules do not. It
// never repeats the value.
func misfit(value *ast.Value) string {
	switch def := value.Definition; {
	case def == nil:
		return ""
	case value.Kind == ast.IntValue && def.Name == "Int":
		if _, err := strconv.ParseInt(value.Raw, 10, 64); err != nil {
			return "" // told already
		}
		if _, err := strconv.ParseInt(value.Raw, 10, 32); err != nil {
			return "Int cannot represent non 32-bit signed integer value"
		}
	case value.Kind == ast.ObjectValue && len(value.Children) == 0:
		// The fields of an object that has some are not defined, and told.
		if def.BuiltIn && def.Kind == ast.Scalar || def.Kind == ast.Enum {
			return def.Name + " cannot represent an object"
		}
	}
	return ""
}
