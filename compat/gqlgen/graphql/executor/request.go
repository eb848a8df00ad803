package executor

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/internal/coerce"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// CreateOperationContext parses and validates a request and coerces its variables.
// Extensions see the request before, and the operation after that. What it
// answers beside errors is as much of the operation as is known.
func (e *Executor) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	op := &graphql.OperationContext{
		DisableIntrospection:   true,
		RecoverFunc:            e.recoverFunc,
		ResolverMiddleware:     e.ext.field,
		RootResolverMiddleware: e.ext.rootField,
		Headers:                params.Headers,
	}
	ctx = graphql.WithOperationContext(ctx, op)
	for _, m := range e.ext.parameters {
		if err := m.MutateOperationParameters(ctx, params); err != nil {
			return op, gqlerror.List{err}
		}
	}
	op.RawQuery, op.OperationName, op.Extensions = params.Query, params.OperationName, params.Extensions

	if errs := e.document(ctx, op); errs != nil {
		return op, errs
	}
	op.Operation = op.Doc.Operations.ForName(params.OperationName)
	if op.Operation == nil {
		return op, invalid(gqlerror.Errorf("the document has no operation of the name that was asked for"))
	}
	variables, err := coerce.Variables(e.es.Schema(), op.Operation, params.Variables)
	if err != nil {
		return op, invalid(err)
	}
	op.Variables = variables

	for _, m := range e.ext.contexts {
		if err := m.MutateOperationContext(ctx, op); err != nil {
			return op, gqlerror.List{err}
		}
	}
	return op, nil
}

func invalid(err *gqlerror.Error) gqlerror.List {
	errcode.Set(err, errcode.ValidationFailed)
	return gqlerror.List{err}
}

// document parses and validates the text of op, or remembers that it has.
func (e *Executor) document(ctx context.Context, op *graphql.OperationContext) gqlerror.List {
	if doc, ok := e.queryCache.Get(ctx, op.RawQuery); ok {
		op.Doc = doc
		return nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: op.RawQuery}, e.parserTokenLimit)
	if err != nil {
		return gqlerror.List{parseError(err)}
	}
	if len(doc.Operations) == 0 {
		return invalid(gqlerror.Errorf("the document has no operation"))
	}
	errs := validator.ValidateWithRules(e.es.Schema(), doc, e.rules())
	if len(errs) > 0 {
		for _, err := range errs {
			err.Message = withoutValue(err)
			errcode.Set(err, errcode.ValidationFailed)
		}
		return errs
	}
	op.Doc = doc
	e.queryCache.Add(ctx, op.RawQuery, doc)
	return nil
}

// parseError keeps of a syntax error what does not repeat the document.
func parseError(err error) *gqlerror.Error {
	var syntax *gqlerror.Error
	if !errors.As(err, &syntax) {
		syntax = gqlerror.Errorf("the document cannot be parsed")
	}
	syntax.Message = beforeQuote(syntax.Message)
	errcode.Set(syntax, errcode.ParseFailed)
	return syntax
}

// rules are those of the specification, with or without suggestions.
func (e *Executor) rules() *rules.Rules {
	set := e.defaultRules()
	if e.disableSuggestion {
		for _, quiet := range []validator.Rule{
			rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
			rules.KnownArgumentNamesRuleWithoutSuggestions,
			rules.KnownTypeNamesRuleWithoutSuggestions,
			rules.ScalarLeafsRuleWithoutSuggestions,
			rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
		} {
			set.ReplaceRule(loudName(quiet.Name), quiet.RuleFunc)
		}
	}
	return set
}
