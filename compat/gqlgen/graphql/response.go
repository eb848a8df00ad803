package graphql

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Response is one response of an operation. Data is nil where nothing was
// executed, and JSON's null where an error reached the root.
type Response struct {
	Errors     gqlerror.List   `json:"errors,omitempty"`
	Data       json.RawMessage `json:"data,omitempty"`
	Label      string          `json:"label,omitempty"`
	Path       ast.Path        `json:"path,omitempty"`
	HasNext    *bool           `json:"hasNext,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

// MarshalJSON writes the errors first, so that whoever reads the answer sees at
// once whether it is whole. Data is passed on as it is: encoding/json would read
// all of it again.
func (r *Response) MarshalJSON() ([]byte, error) {
	buf := bytes.NewBuffer(make([]byte, 0, len(r.Data)+256))
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	for _, m := range []struct {
		name  string
		given bool
		value any
	}{
		{"errors", len(r.Errors) > 0, r.Errors},
		{"data", r.Data != nil, nil},
		{"label", r.Label != "", r.Label},
		{"path", len(r.Path) > 0, r.Path},
		{"hasNext", r.HasNext != nil, r.HasNext},
		{"extensions", len(r.Extensions) > 0, r.Extensions},
	} {
		if !m.given {
			continue
		}
		buf.WriteString(`,"` + m.name + `":`)
		if m.name == "data" {
			buf.Write(r.Data)
			continue
		}
		if err := enc.Encode(m.value); err != nil {
			return nil, fmt.Errorf("writing the %s of a response: %w", m.name, err)
		}
		buf.Truncate(buf.Len() - 1) // Encode ends with a newline
	}
	if buf.Len() == 0 {
		return []byte("{}"), nil
	}
	buf.WriteByte('}')
	buf.Bytes()[0] = '{' // in place of the first comma
	return buf.Bytes(), nil
}

// ErrorResponse is a response of one error; its text is shown to the client.
func ErrorResponse(_ context.Context, format string, args ...any) *Response {
	return &Response{Errors: gqlerror.List{gqlerror.Errorf(format, args...)}}
}

// OneShot answers a response once.
func OneShot(resp *Response) ResponseHandler {
	return func(context.Context) *Response {
		one := resp
		resp = nil
		return one
	}
}
