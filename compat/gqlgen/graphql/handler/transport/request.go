package transport

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// members are the parameters of a request by name, each as JSON.
type members map[string]json.RawMessage

// params reads those members that there may be; names are matched exactly, others
// ignored. Errors name a member and never repeat what it holds.
func (given members) params() (*graphql.RawParams, *gqlerror.Error) {
	p := &graphql.RawParams{}
	for _, member := range []struct {
		name, kind string
		to         any
	}{
		{"query", "a string", &p.Query},
		{"operationName", "a string", &p.OperationName},
		{"variables", "a JSON object", &p.Variables},
		{"extensions", "a JSON object", &p.Extensions},
	} {
		text := given[member.name]
		if len(text) == 0 {
			continue
		}
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.UseNumber() // a float64 would round them
		if dec.Decode(member.to) != nil || !ended(dec) {
			return nil, gqlerror.Errorf("%s is not %s", member.name, member.kind)
		}
	}
	if strings.TrimSpace(p.Query) == "" && p.Extensions == nil {
		return nil, gqlerror.Errorf("query is missing")
	}
	return p, nil
}

// bodyMembers takes a body apart. One name must not come twice: whoever looked at
// the request before us may have gone by the other one. Inside of a member the
// last one counts.
func bodyMembers(body []byte) (members, *gqlerror.Error) {
	malformed := gqlerror.Errorf("the body is not a JSON object")
	dec := json.NewDecoder(bytes.NewReader(body))
	start, _ := dec.Token()
	if start == json.Delim('[') {
		return nil, gqlerror.Errorf("the body is a list: send each operation in a request of its own")
	}
	if start != json.Delim('{') || !utf8.Valid(body) {
		return nil, malformed
	}
	given := members{}
	for dec.More() {
		token, _ := dec.Token()
		name, ok := token.(string)
		var text json.RawMessage
		if !ok || dec.Decode(&text) != nil {
			return nil, malformed
		}
		if given[name] != nil {
			return nil, gqlerror.Errorf("the body has two members of one name")
		}
		given[name] = text
	}
	if _, err := dec.Token(); err != nil || !ended(dec) {
		return nil, malformed
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
		switch name {
		case "query", "operationName":
			given[name], _ = json.Marshal(texts[0]) // every text has JSON
		case "variables", "extensions":
			given[name] = json.RawMessage(texts[0])
		}
	}
	return given, nil
}

// ended says whether nothing is left but white space.
func ended(dec *json.Decoder) bool {
	_, err := dec.Token()
	return err == io.EOF //nolint:errorlint // Token returns it as it is
}
