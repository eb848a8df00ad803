package transport

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	// maxBody is the largest body that is read where nobody has set a smaller limit
	// with http.MaxBytesReader, in bytes.
	maxBody = 8 << 20
	// maxURL is the longest query of a URL that is read, in bytes.
	maxURL = 64 << 10
)

// fromBody reads a request from its body. One name must not come twice: whoever looked
// at the request before us may have gone by the other one. Inside of a member the
// last one counts. What is refused comes with the status that says so.
func fromBody(r io.Reader) (*graphql.RawParams, int, *gqlerror.Error) {
	body, err := io.ReadAll(r)
	var tooLarge *http.MaxBytesError
	text := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge, gqlerror.Errorf("the body is larger than %d bytes", tooLarge.Limit)
	case err != nil:
		return refuse("the body could not be read")
	case bytes.HasPrefix(text, []byte("[")):
		return refuse("the body is a list: send each operation in a request of its own")
	case !bytes.HasPrefix(text, []byte("{")) || !valid(text):
		return refuse("the body is not a JSON object")
	}
	members, twice := (&jsonText{text: text}).object()
	if twice {
		return refuse("the body has two members of one name")
	}
	return params(members)
}

// fromURL reads a request from the parameters of a URL.
func fromURL(raw string) (*graphql.RawParams, int, *gqlerror.Error) {
	if len(raw) > maxURL {
		return nil, http.StatusRequestURITooLong, gqlerror.Errorf("the parameters of the URL are longer than %d bytes", maxURL)
	}
	values, err := url.ParseQuery(raw)
	text, _ := url.QueryUnescape(raw)
	if err != nil || !utf8.ValidString(text) {
		return refuse("the parameters of the URL are malformed")
	}
	members := make(map[string]any)
	for name, texts := range values {
		if len(texts) > 1 {
			return refuse("the URL has two parameters of one name")
		}
		text := []byte(texts[0])
		if json := name == "variables" || name == "extensions"; json && valid(text) {
			members[name] = (&jsonText{text: text}).value()
		} else if !json || len(text) > 0 {
			members[name] = texts[0]
		}
	}
	return params(members)
}

// params takes those members that there may be; names are matched exactly, others
// ignored. Errors name a member and never repeat what it holds.
func params(members map[string]any) (*graphql.RawParams, int, *gqlerror.Error) {
	p := &graphql.RawParams{}
	err := cmp.Or(
		take(members, "query", "a string", &p.Query),
		take(members, "operationName", "a string", &p.OperationName),
		take(members, "variables", "a JSON object", &p.Variables),
		take(members, "extensions", "a JSON object", &p.Extensions),
	)
	if err == nil && strings.TrimSpace(p.Query) == "" && p.Extensions == nil {
		return refuse("query is missing")
	}
	return p, http.StatusBadRequest, err
}

// take takes one member, which may be null or left out.
func take[T any](members map[string]any, name, kind string, to *T) *gqlerror.Error {
	value, ok := members[name].(T)
	if !ok && members[name] != nil {
		return gqlerror.Errorf("%s is not %s", name, kind)
	}
	*to = value
	return nil
}

func refuse(why string) (*graphql.RawParams, int, *gqlerror.Error) {
	return nil, http.StatusBadRequest, gqlerror.Errorf("%s", why)
}
