// Package transport speaks GraphQL over HTTP.
// Specification: https://graphql.github.io/graphql-over-http/draft/
package transport

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxBody is the largest body that is read where nobody has set a smaller limit
// with http.MaxBytesReader, in bytes.
const maxBody = 8 << 20

// POST takes requests from JSON bodies.
type POST struct {
	// ResponseHeaders are added to each response.
	ResponseHeaders map[string][]string
}

var _ graphql.Transport = POST{}

// Supports takes POST with a body of application/json in UTF-8. No other type is
// taken for JSON: pages of other origins can send forms and plain text, with
// the reader's cookies, without asking.
func (h POST) Supports(r *http.Request) bool {
	if r.Method != http.MethodPost || r.Header.Get("Upgrade") != "" {
		return false
	}
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/json" {
		return false
	}
	charset := strings.ToLower(params["charset"])
	return charset == "" || charset == "utf-8" || charset == "utf8"
}

// Do answers a request.
func (h POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media, ok := begin(w, r, h.ResponseHeaders)
	if !ok {
		return
	}
	start := graphql.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			SendErrorf(w, http.StatusRequestEntityTooLarge, "the body is larger than %d bytes", tooLarge.Limit)
			return
		}
		SendErrorf(w, http.StatusBadRequest, "the body could not be read")
		return
	}
	params, refused := decode(body)
	if refused != nil {
		SendError(w, http.StatusBadRequest, refused)
		return
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	run(w, r, exec, params, media, nil)
}

// run executes a request and writes its one response. allow may refuse the
// operation with a status of its own.
func run(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams, media mediaType, allow func(*graphql.OperationContext) (int, *gqlerror.Error)) {
	ctx := r.Context()
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		send(w, media.refusal(), media, exec.DispatchError(graphql.WithOperationContext(ctx, op), errs))
		return
	}
	if allow != nil {
		if status, err := allow(op); err != nil {
			SendError(w, status, err)
			return
		}
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	resp := responses(ctx)
	if resp == nil {
		resp = graphql.ErrorResponse(ctx, "the operation has no response")
	}
	status := http.StatusOK
	if resp.Data == nil {
		status = media.refusal()
	}
	send(w, status, media, resp)
}
