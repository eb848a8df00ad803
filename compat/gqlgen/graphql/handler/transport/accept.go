package transport

import (
	"mime"
	"strconv"
	"strings"
)

// mediaType is one of the two media types a response can have.
type mediaType string

const (
	plainJSON    mediaType = "application/json"
	responseJSON mediaType = "application/graphql-response+json"
)

// negotiate picks the type of highest weight. Where both weigh the same, it is
// graphql-response+json if that is named, and json if only a wildcard covers it,
// for whoever does not know of the one expects the other. So do clients without
// an Accept header. It answers false where neither is acceptable.
// Source: RFC 9110, 12.5.1.
func negotiate(accept []string) (mediaType, bool) {
	header := strings.Join(accept, ",")
	if strings.TrimSpace(header) == "" {
		return plainJSON, true
	}
	weights := weightsOf(header)
	response, plain := weigh(weights, responseJSON), weigh(weights, plainJSON)
	_, named := weights[string(responseJSON)]
	switch {
	case response == 0 && plain == 0:
		return plainJSON, false
	case response > plain, response == plain && named:
		return responseJSON, true
	default:
		return plainJSON, true
	}
}

// weigh answers the weight that the most precise range gives a type.
func weigh(weights map[string]float64, media mediaType) float64 {
	for _, covers := range []string{string(media), "application/*", "*/*"} {
		if weight, ok := weights[covers]; ok {
			return weight
		}
	}
	return 0
}

// weightsOf reads the weights of the ranges of an Accept header. Those that are
// malformed, or of another character set, are left out.
func weightsOf(header string) map[string]float64 {
	weights := map[string]float64{}
	for _, part := range ranges(header) {
		media, params, err := mime.ParseMediaType(part)
		if err != nil || !isUTF8(params["charset"]) {
			continue
		}
		q, given := params["q"]
		if !given {
			q = "1"
		}
		if weight, err := strconv.ParseFloat(q, 64); err == nil && weight >= 0 && weight <= 1 {
			weights[media] = weight
		}
	}
	return weights
}

// ranges splits a header at commas, but for those in quotes.
func ranges(header string) []string {
	quoted, escaped := false, false
	return strings.FieldsFunc(header, func(c rune) bool {
		if c == '"' && !escaped {
			quoted = !quoted
		}
		escaped = quoted && c == '\\' && !escaped
		return c == ',' && !quoted
	})
}

// isUTF8 says whether a charset parameter names UTF-8, as none does.
func isUTF8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}
