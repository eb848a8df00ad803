package transport

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// mediaType is one of the two media types a response can have.
type mediaType string

const (
	plainJSON    mediaType = "application/json"
	responseJSON mediaType = "application/graphql-response+json"
)

// refusal is the status of a well-formed request that was not executed. Readers
// of application/json take it from the body, for they cannot tell our status
// from that of something between us.
func (m mediaType) refusal() int {
	if m == plainJSON {
		return http.StatusOK
	}
	return http.StatusBadRequest
}

// begin sets the headers every response has and finds the media type. Where the
// client accepts none it answers itself and reports false.
func begin(w http.ResponseWriter, r *http.Request, headers map[string][]string) (mediaType, bool) {
	for name, values := range headers {
		if http.CanonicalHeaderKey(name) == "Content-Type" {
			continue // is negotiated
		}
		for _, value := range values {
			w.Header().Add(name, value)
		}
	}
	w.Header().Add("Vary", "Accept")
	media, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		SendErrorf(w, http.StatusNotAcceptable, "responses are %s or %s", responseJSON, plainJSON)
	}
	return media, ok
}

// negotiate picks the type of highest weight. Where both weigh the same, the one
// that is named wins over the one a wildcard covers, and graphql-response+json
// over json. Without an Accept header it is json, as older clients expect.
// Source: RFC 9110, 12.5.1.
func negotiate(accept []string) (mediaType, bool) {
	header := strings.Join(accept, ",")
	if strings.TrimSpace(header) == "" {
		return plainJSON, true
	}
	response, plain := preference{}, preference{}
	for _, part := range strings.Split(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil || !unicode8(params["charset"]) {
			continue
		}
		weight := 1.0
		if q, given := params["q"]; given {
			if weight, err = strconv.ParseFloat(q, 64); err != nil || weight < 0 || weight > 1 {
				continue
			}
		}
		switch media {
		case string(responseJSON):
			response.note(3, weight)
		case string(plainJSON):
			plain.note(3, weight)
		case "application/*":
			response.note(2, weight)
			plain.note(2, weight)
		case "*/*":
			response.note(1, weight)
			plain.note(1, weight)
		}
	}
	switch {
	case response.weight == 0 && plain.weight == 0:
		return "", false
	case response.weight != plain.weight:
		return heavier(response, plain), true
	case response.precision == 3:
		return responseJSON, true
	default:
		return plainJSON, true
	}
}

func heavier(response, plain preference) mediaType {
	if response.weight > plain.weight {
		return responseJSON
	}
	return plainJSON
}

func unicode8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}

// preference is the weight of a type, from the most precise range that covers it.
type preference struct {
	precision int
	weight    float64
}

func (p *preference) note(precision int, weight float64) {
	if precision > p.precision {
		p.precision, p.weight = precision, weight
	}
}

// SendError answers a request that was refused before there was an operation.
func SendError(w http.ResponseWriter, status int, errs ...*gqlerror.Error) {
	send(w, status, plainJSON, &graphql.Response{Errors: errs})
}

// SendErrorf is SendError with a text, which is shown to the client.
func SendErrorf(w http.ResponseWriter, status int, format string, args ...any) {
	SendError(w, status, gqlerror.Errorf(format, args...))
}

func send(w http.ResponseWriter, status int, media mediaType, resp *graphql.Response) {
	body, err := resp.MarshalJSON()
	if err != nil {
		status = http.StatusInternalServerError
		body = []byte(`{"errors":[{"message":"internal system error"}]}`)
	}
	w.Header().Set("Content-Type", string(media)+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may be gone; there is nobody left to tell
}
