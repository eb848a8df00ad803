// Package errcode names the kinds of request errors, in the code extension of an
// error.
package errcode

import "github.com/vektah/gqlparser/v2/gqlerror"

// The codes of documents that cannot be executed.
const (
	ValidationFailed = "GRAPHQL_VALIDATION_FAILED"
	ParseFailed      = "GRAPHQL_PARSE_FAILED"
)

// Set gives err a code, unless it has one. Errors not made with gqlerror have no
// place for it.
func Set(err error, value string) {
	e, ok := err.(*gqlerror.Error) //nolint:errorlint // the outermost error is shown
	if !ok || e == nil || e.Extensions["code"] != nil {
		return
	}
	if e.Extensions == nil {
		e.Extensions = map[string]any{}
	}
	e.Extensions["code"] = value
}
