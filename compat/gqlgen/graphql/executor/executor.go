// Package executor takes a request from its text to its responses: parse, validate,
// coerce, execute, each with the extensions that concern it.
package executor

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Executor executes requests against a schema. It is set up before the first
// request and is safe for concurrent use after that.
type Executor struct {
	es  graphql.ExecutableSchema
	ext extensions

	errorPresenter graphql.ErrorPresenterFunc
	recoverFunc    graphql.RecoverFunc
	queryCache     graphql.Cache[*ast.QueryDocument]

	parserTokenLimit  int
	disableSuggestion bool
	defaultRules      func() *rules.Rules
}

var _ graphql.GraphExecutor = (*Executor)(nil)

// New returns an executor without a cache, extensions or limits.
func New(es graphql.ExecutableSchema) *Executor {
	return &Executor{
		es:             es,
		errorPresenter: graphql.DefaultErrorPresenter,
		recoverFunc:    graphql.DefaultRecover,
		queryCache:     graphql.NoCache[*ast.QueryDocument]{},
		defaultRules:   specificationRules,
	}
}

// SetQueryCache keeps parsed and validated documents by their text.
func (e *Executor) SetQueryCache(cache graphql.Cache[*ast.QueryDocument]) { e.queryCache = cache }

// SetErrorPresenter decides what clients see of errors.
func (e *Executor) SetErrorPresenter(f graphql.ErrorPresenterFunc) { e.errorPresenter = f }

// SetRecoverFunc decides what becomes of panics.
func (e *Executor) SetRecoverFunc(f graphql.RecoverFunc) { e.recoverFunc = f }

// SetParserTokenLimit refuses documents of more tokens; 0 is no limit.
func (e *Executor) SetParserTokenLimit(limit int) { e.parserTokenLimit = limit }

// SetDisableSuggestion keeps names of the schema out of validation errors.
func (e *Executor) SetDisableSuggestion(value bool) { e.disableSuggestion = value }

// SetDefaultRulesFn replaces the rules documents are validated by.
func (e *Executor) SetDefaultRulesFn(f func() *rules.Rules) { e.defaultRules = f }

// DispatchOperation executes an operation. The handler must be called with the
// context it comes with.
func (e *Executor) DispatchOperation(ctx context.Context, opCtx *graphql.OperationContext) (graphql.ResponseHandler, context.Context) {
	ctx = graphql.WithOperationContext(ctx, opCtx)
	inner := ctx
	responses := around(ctx, e.ext.operation, func(ctx context.Context) graphql.ResponseHandler {
		inner = ctx
		started := e.withResponse(ctx)
		next := e.es.Exec(started)
		if errs := graphql.GetErrors(started); len(errs) > 0 {
			next = graphql.OneShot(&graphql.Response{Errors: errs}) // nothing was executed
		}
		return func(ctx context.Context) *graphql.Response { return e.respond(ctx, next) }
	})
	return responses, inner
}

// respond answers one response with what was gathered beside its data.
func (e *Executor) respond(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	ctx = e.withResponse(ctx)
	return around(ctx, e.ext.response, func(ctx context.Context) *graphql.Response {
		resp := next(ctx)
		if resp == nil {
			return nil
		}
		resp.Errors = append(resp.Errors, graphql.GetErrors(ctx)...)
		resp.Extensions = graphql.GetExtensions(ctx)
		if e.ext.response != nil || e.ext.operation != nil {
			resp.Keep() // for as long as they may
		}
		return resp
	})
}

func (e *Executor) withResponse(ctx context.Context) context.Context {
	return graphql.WithResponseContext(ctx, e.errorPresenter, e.recoverFunc)
}

// DispatchError makes a response of request errors. It has no data.
func (e *Executor) DispatchError(ctx context.Context, list gqlerror.List) *graphql.Response {
	ctx = e.withResponse(ctx)
	for _, err := range list {
		graphql.AddError(ctx, err)
	}
	return around(ctx, e.ext.response, func(ctx context.Context) *graphql.Response {
		return &graphql.Response{Errors: graphql.GetErrors(ctx), Extensions: graphql.GetExtensions(ctx)}
	})
}

// PresentRecoveredError makes an error of what a panic outside of any field carried.
func (e *Executor) PresentRecoveredError(ctx context.Context, err any) error {
	return e.errorPresenter(ctx, e.recoverFunc(ctx, err))
}
