package transport

import (
	"bytes"
	"cmp"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// members are the parameters of a request by name.
type members map[string]any

// params takes those members that there may be; names are matched exactly, others
// ignored. Errors name a member and never repeat what it holds.
func (given members) params() (*graphql.RawParams, *gqlerror.Error) {
	p := &graphql.RawParams{}
	err := cmp.Or(
		take(given, "query", "a string", &p.Query),
		take(given, "operationName", "a string", &p.OperationName),
		take(given, "variables", "a JSON object", &p.Variables),
		take(given, "extensions", "a JSON object", &p.Extensions),
	)
	if err == nil && strings.TrimSpace(p.Query) == "" && p.Extensions == nil {
		err = gqlerror.Errorf("query is missing")
	}
	return p, err
}

// take takes one member, which may be null or left out.
func take[T any](given members, name, kind string, to *T) *gqlerror.Error {
	value, ok := given[name].(T)
	if !ok && given[name] != nil {
		return gqlerror.Errorf("%s is not %s", name, kind)
	}
	*to = value
	return nil
}

// bodyMembers takes a body apart. One name must not come twice: whoever looked at
// the request before us may have gone by the other one. Inside of a member the
// last one counts.
func bodyMembers(body []byte) (members, *gqlerror.Error) {
	text := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case bytes.HasPrefix(text, []byte("[")):
		return nil, gqlerror.Errorf("the body is a list: send each operation in a request of its own")
	case !bytes.HasPrefix(text, []byte("{")) || !valid(text):
		return nil, gqlerror.Errorf("the body is not a JSON object")
	}
	given, twice := (&jsonText{text: text}).object()
	if twice {
		return nil, gqlerror.Errorf("the body has two members of one name")
	}
	return given, nil
}

// urlMembers takes the parameters of a URL apart.
func urlMembers(raw string) (members, *gqlerror.Error) {
	values, err := url.ParseQuery(raw)
	text, _ := url.QueryUnescape(raw)
	if err != nil || !utf8.ValidString(text) {
		return nil, gqlerror.Errorf("the parameters of the URL are malformed")
	}
	given := members{}
	for name, texts := range values {
		if len(texts) > 1 {
			return nil, gqlerror.Errorf("the URL has two parameters of one name")
		}
		text := []byte(texts[0])
		if json := name == "variables" || name == "extensions"; json && valid(text) {
			given[name] = (&jsonText{text: text}).value()
		} else if !json || len(text) > 0 {
			given[name] = texts[0]
		}
	}
	return given, nil
}
