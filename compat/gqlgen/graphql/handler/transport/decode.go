package transport

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// decode reads the members of a request. Names are matched exactly, unknown ones
// ignored. Errors name a member and never repeat what it holds.
func decode(body []byte) (*graphql.RawParams, *gqlerror.Error) {
	members := map[string]json.RawMessage{}
	if !utf8.Valid(body) || !whole(body, &members) || members == nil {
		return nil, gqlerror.Errorf("the body is not a JSON object")
	}
	params := &graphql.RawParams{}
	if err := decodeText("query", members["query"], &params.Query); err != nil {
		return nil, err
	}
	if err := decodeText("operationName", members["operationName"], &params.OperationName); err != nil {
		return nil, err
	}
	if err := decodeObject("variables", members["variables"], &params.Variables); err != nil {
		return nil, err
	}
	if err := decodeObject("extensions", members["extensions"], &params.Extensions); err != nil {
		return nil, err
	}
	if params.Query == "" && params.Extensions == nil {
		return nil, gqlerror.Errorf("query is missing")
	}
	return params, nil
}

// whole decodes all of text into v and says whether it could.
func whole(text []byte, v any) bool {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if dec.Decode(v) != nil {
		return false
	}
	_, err := dec.Token()
	return err == io.EOF //nolint:errorlint // Token returns it as it is
}

func decodeText(name string, text []byte, to *string) *gqlerror.Error {
	if text == nil || string(text) == "null" {
		return nil
	}
	if text[0] != '"' || json.Unmarshal(text, to) != nil {
		return gqlerror.Errorf("%s is not a string", name)
	}
	return nil
}

func decodeObject(name string, text []byte, to *map[string]any) *gqlerror.Error {
	if text == nil {
		return nil
	}
	if !utf8.Valid(text) || !whole(text, to) {
		return gqlerror.Errorf("%s is not a JSON object", name)
	}
	return nil
}
