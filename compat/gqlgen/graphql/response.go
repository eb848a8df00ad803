package graphql

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql/internal/buffer"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Response is one response of an operation. Data is nil where nothing was
// executed, and JSON's null where an error reached the root.
//
// What the engine answers is written into a buffer that is lent. A transport that has sent it may
// release that; where a hook sees the response, the executor has it kept first.
type Response struct {
	Errors     gqlerror.List   `json:"errors,omitempty"`
	Data       json.RawMessage `json:"data,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`

	lent *[]byte // what Data is written in; nil where that is kept
}

// NewResponse is a response whose data are in a buffer of package internal/buffer.
func NewResponse(lent *[]byte) *Response { return &Response{Data: *lent, lent: lent} }

// Keep lets the data live for longer than until they are sent.
func (r *Response) Keep() {
	if r.lent != nil {
		r.Data = bytes.Clone(r.Data)
		r.Release()
	}
}

// Release is called when the response is sent and nobody will look at its data again.
func (r *Response) Release() {
	if r.lent != nil {
		buffer.Give(r.lent)
		r.lent = nil
	}
}

// MarshalJSON writes the errors first, so that whoever reads the answer sees at
// once whether it is whole. Data is passed on as it is: encoding/json would read
// all of it again.
func (r *Response) MarshalJSON() ([]byte, error) {
	out := make([]byte, 0, len(r.Data)+256)
	var err error
	if len(r.Errors) > 0 {
		out, err = appendMember(out, "errors", r.Errors)
	}
	if r.Data != nil {
		out = append(append(out, `,"data":`...), r.Data...)
	}
	if len(r.Extensions) > 0 && err == nil {
		out, err = appendMember(out, "extensions", r.Extensions)
	}
	if len(out) == 0 || err != nil {
		return []byte("{}"), err
	}
	out[0] = '{' // in place of the first comma
	return append(out, '}'), nil
}

func appendMember(dst []byte, name string, value any) ([]byte, error) {
	buf := bytes.NewBuffer(append(dst, `,"`+name+`":`...))
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, fmt.Errorf("writing the %s of a response: %w", name, err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
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
