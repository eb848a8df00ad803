package transport

import (
	"io"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answer reads a request, executes it and writes its one response, in the type
// that the client prefers. read answers why not, with the status that says so.
func answer(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, read func() (*graphql.RawParams, int, *gqlerror.Error)) {
	w.Header().Add("Vary", "Accept")
	media, ok := negotiate(r.Header.Values("Accept"))
	w.Header().Set("Content-Type", string(media)+"; charset=utf-8")
	if !ok {
		SendErrorf(w, http.StatusNotAcceptable, "responses are %s or %s", responseJSON, plainJSON)
		return
	}
	params, status, err := read()
	if err != nil {
		SendError(w, status, err)
		return
	}
	params.Headers = r.Header
	op, errs := exec.CreateOperationContext(r.Context(), params)
	if errs == nil && r.Method == http.MethodGet && op.Operation.Operation != ast.Query { // following a link must change nothing
		w.Header().Set("Allow", http.MethodPost)
		SendErrorf(w, http.StatusMethodNotAllowed, "GET takes queries only")
		return
	}
	resp := execute(r, exec, op, errs)
	// A status of its own is for the readers of graphql-response+json: those of json
	// cannot tell ours from that of something between us, and go by the body.
	status = http.StatusOK
	if media == responseJSON && resp.Data == nil {
		status = http.StatusBadRequest
	}
	if send(w, status, resp) == nil { // HTTP/2 may hold on to what it could not send
		resp.Release()
	}
}

// execute answers the one response of an operation or, with errs, of none.
func execute(r *http.Request, exec graphql.GraphExecutor, op *graphql.OperationContext, errs gqlerror.List) *graphql.Response {
	ctx := r.Context()
	if errs != nil {
		return exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	if op.Operation.Operation == ast.Subscription {
		return graphql.ErrorResponse(ctx, "a subscription needs a transport that streams")
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	if resp := responses(ctx); resp != nil {
		return resp
	}
	return graphql.ErrorResponse(ctx, "the operation has no response")
}

// SendError answers a request that is not taken.
func SendError(w http.ResponseWriter, status int, errs ...*gqlerror.Error) {
	_ = send(w, status, &graphql.Response{Errors: errs}) // the client may be gone; there is nobody left to tell
}

// SendErrorf is SendError with a text, which is shown to the client.
func SendErrorf(w http.ResponseWriter, status int, format string, args ...any) {
	SendError(w, status, gqlerror.Errorf(format, args...))
}

// send writes a response in the type that was agreed upon, JSON where none was.
func send(w http.ResponseWriter, status int, resp *graphql.Response) error {
	var head string
	var body []byte
	if resp.Data != nil && len(resp.Errors) == 0 && len(resp.Extensions) == 0 {
		head, body = `{"data":`, append(resp.Data, '}') // data may be large: do not copy them
	} else if text, err := resp.MarshalJSON(); err == nil {
		body = text
	} else {
		status = http.StatusInternalServerError
		body = []byte(`{"errors":[{"message":"internal system error"}]}`)
	}
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", string(plainJSON)+"; charset=utf-8")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(head)+len(body)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, head) // whose failure is that of what follows
	_, err := w.Write(body)
	return err
}
