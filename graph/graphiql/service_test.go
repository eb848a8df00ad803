//go:build browser

package graphiql_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	reporterEmail    = "ada@example.test"
	reporterPassword = "correct horse battery staple"
	eventReference   = "XK4-7PQ-M2D"
)

// service is an endpoint that answers the operations of the browser test, by name, from a schema just large enough.
type service struct {
	schema   json.RawMessage
	lifetime time.Duration // of an access token at sign-in; a renewed one has an hour

	mu      sync.Mutex
	token   string // the only valid access token; empty while nobody is signed in
	renewed int
}

type request struct {
	Query         string
	OperationName string
	Variables     struct{ Input map[string]string }
}

type object map[string]any

func newService(t *testing.T) *service {
	t.Helper()
	introspection, err := os.ReadFile("testdata/introspection.json")
	if err != nil {
		t.Fatal(err)
	}
	return &service{schema: introspection, lifetime: time.Hour}
}

func (s *service) renewals() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.renewed
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var req request
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, "malformed request", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	authorised := s.token != "" && r.Header.Get("Authorization") == "Bearer "+s.token
	w.Header().Set("Content-Type", "application/graphql-response+json")
	json.NewEncoder(w).Encode(object{"data": s.answer(req, authorised)})
}

func (s *service) answer(req request, authorised bool) any {
	switch input := req.Variables.Input; {
	case req.OperationName == "IntrospectionQuery":
		return s.schema
	case strings.HasPrefix(req.Query, "mutation SignIn"):
		if input["email"] != reporterEmail || input["password"] != reporterPassword {
			return refusal("signIn", "The e-mail address and the password do not match.")
		}
		return s.session("signIn", "first", s.lifetime)
	case strings.HasPrefix(req.Query, "mutation RefreshSession"):
		if input["refreshToken"] != "refresh-"+s.token {
			return refusal("refreshSession", "The session has ended.")
		}
		s.renewed++
		return s.session("refreshSession", "second", time.Hour)
	case strings.HasPrefix(req.Query, "mutation SignOut"):
		s.token = ""
		return object{"signOut": object{"signedOut": authorised}}
	case req.OperationName == "OwnEvents" && authorised:
		return object{"viewer": object{"account": reporter(), "events": ownEvents()}}
	default:
		return object{"viewer": nil}
	}
}

func (s *service) session(field, token string, lifetime time.Duration) object {
	s.token = token
	return object{field: object{"userErrors": []object{}, "session": object{
		"accessToken": token, "refreshToken": "refresh-" + token,
		"expiresAt": time.Now().Add(lifetime).UTC().Format(time.RFC3339),
		"viewer":    object{"account": reporter()},
	}}}
}

func refusal(field, message string) object {
	return object{field: object{"session": nil, "userErrors": []object{{"message": message}}}}
}

func reporter() object { return object{"name": "Ada Quill"} }

func ownEvents() object {
	return object{
		"totalCount": 1,
		"nodes": []object{{
			"id": "event_4Zq8", "reference": eventReference, "kind": "INCIDENT", "status": "SUBMITTED",
			"occurredOn": "2025-11-14", "recordedAt": "2025-11-14T11:02:00Z", "physicalHarm": "LOW",
			"textView": "ORIGINAL", "description": "A drip was disconnected while the patient was moved.",
		}},
		"pageInfo": object{"hasNextPage": false, "endCursor": "b2Zmc2V0"},
	}
}
