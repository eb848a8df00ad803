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
	Errors     gqlerror.List
	Data       json.RawMessage
	Label      string
	Path       ast.Path
	HasNext    *bool
	Extensions map[string]any
}

// MarshalJSON writes the errors first, so that whoever reads the answer sees at
// once whether it is whole. Data is passed on as it is.
func (r *Response) MarshalJSON() ([]byte, error) {
	buf := bytes.NewBuffer(make([]byte, 0, len(r.Data)+256))
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	sep := byte('{')
	member := func(name string, value any) error {
		buf.WriteByte(sep)
		sep = ','
		buf.WriteString(`"` + name + `":`)
		if raw, ok := value.(json.RawMessage); ok {
			buf.Write(raw)
			return nil
		}
		if err := enc.Encode(value); err != nil {
			return fmt.Errorf("writing the %s of a response: %w", name, err)
		}
		buf.Truncate(buf.Len() - 1) // Encode ends with a newline
		return nil
	}
	for _, m := range []struct {
		name  string
		value any
		given bool
	}{
		{"errors", r.Errors, len(r.Errors) > 0},
		{"data", r.Data, r.Data != nil},
		{"label", r.Label, r.Label != ""},
		{"path", r.Path, r.Path != nil},
		{"hasNext", r.HasNext, r.HasNext != nil},
		{"extensions", r.Extensions, len(r.Extensions) > 0},
	} {
		if !m.given {
			continue
		}
		if err := member(m.name, m.value); err != nil {
			return nil, err
		}
	}
	if sep == '{' {
		buf.WriteByte('{')
	}
	buf.WriteByte('}')
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
