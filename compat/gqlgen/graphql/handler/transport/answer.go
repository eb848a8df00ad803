package transport

import (
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// reader takes a request apart, or answers why not, with the status that says so.
type reader func(http.ResponseWriter, *http.Request) (members, int, *gqlerror.Error)

// answer reads a request, executes it and writes its one response, in the type
// that the client prefers.
func answer(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, headers map[string][]string, read reader) {
	start := time.Now()
	for name, values := range headers {
		for _, value := range values {
			w.Header().Add(name, value)
		}
	}
	w.Header().Add("Vary", "Accept")
	media, ok := negotiate(r.Header.Values("Accept"))
	w.Header().Set("Content-Type", string(media)+"; charset=utf-8")
	if !ok {
		SendErrorf(w, http.StatusNotAcceptable, "responses are %s or %s", responseJSON, plainJSON)
		return
	}
	given, status, err := read(w, r)
	if err != nil {
		SendError(w, status, err)
		return
	}
	params, err := given.params()
	if err != nil {
		SendError(w, http.StatusBadRequest, err)
		return
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: time.Now()}
	execute(w, r, exec, params, media)
}

func execute(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams, media mediaType) {
	ctx := r.Context()
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		resp := exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		send(w, media.status(resp), resp)
		return
	}
	switch kind := op.Operation.Operation; {
	case r.Method == http.MethodGet && kind != ast.Query: // following a link must change nothing
		w.Header().Set("Allow", http.MethodPost)
		SendErrorf(w, http.StatusMethodNotAllowed, "GET takes queries only")
		return
	case kind == ast.Subscription:
		resp := graphql.ErrorResponse(ctx, "a subscription needs a transport that streams")
		send(w, media.status(resp), resp)
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	resp := responses(ctx)
	if resp == nil {
		resp = graphql.ErrorResponse(ctx, "the operation has no response")
	}
	send(w, media.status(resp), resp)
}

// status is that of a response to a well-formed request. It is for the readers of
// graphql-response+json: those of json cannot tell a status of ours from that of
// something between us, and go by the body.
func (m mediaType) status(resp *graphql.Response) int {
	if m == responseJSON && resp.Data == nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// SendError answers a request that is not taken.
func SendError(w http.ResponseWriter, status int, errs ...*gqlerror.Error) {
	send(w, status, &graphql.Response{Errors: errs})
}

// SendErrorf is SendError with a text, which is shown to the client.
func SendErrorf(w http.ResponseWriter, status int, format string, args ...any) {
	SendError(w, status, gqlerror.Errorf(format, args...))
}

// send writes a response in the type that was agreed upon, JSON where none was.
func send(w http.ResponseWriter, status int, resp *graphql.Response) {
	var head string
	var body []byte
	if onlyData(resp) {
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
	_, _ = io.WriteString(w, head) // the client may be gone; there is nobody left to tell
	_, _ = w.Write(body)
}

// onlyData says whether a response has data and nothing else.
func onlyData(resp *graphql.Response) bool {
	return resp.Data != nil && len(resp.Errors) == 0 && len(resp.Extensions) == 0
}
