package handler_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// Answers are written into buffers that are lent. What one request was answered must
// never become part of what another is, nor change once somebody may have kept it.

// echoes answers many requests, and checks that each is answered what it asked.
func echoes(t *testing.T, s http.Handler, from string) {
	t.Helper()
	for i := range 200 {
		text := strings.Repeat(from, i)
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query":"{echo(text:\"`+text+`\")}"}`))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if want := `{"data":{"echo":"` + text + `"}}`; w.Body.String() != want {
			t.Errorf("\n got %.100s\nwant %.100s", w.Body, want)
			return
		}
	}
}

func TestAnswersDoNotMix(t *testing.T) {
	server := newServer()
	var clients sync.WaitGroup
	for i := range 8 {
		clients.Go(func() { echoes(t, server, fmt.Sprint("client ", i, " ")) })
	}
	clients.Wait()
}

func TestHooksMayKeepWhatTheySee(t *testing.T) {
	var seen []*graphql.Response
	keep := func(resp *graphql.Response) *graphql.Response {
		seen = append(seen, resp)
		return resp
	}
	for name, add := range map[string]func(s *handler.Server){
		"around responses": func(s *handler.Server) {
			s.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response { return keep(next(ctx)) })
		},
		"around operations": func(s *handler.Server) {
			s.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
				responses := next(ctx)
				return func(ctx context.Context) *graphql.Response { return keep(responses(ctx)) }
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			seen = nil
			server := newServer()
			add(server)
			echoes(t, server, "kept ")
			echoes(t, newServer(), "other")
			for i, resp := range seen {
				if want := `{"echo":"` + strings.Repeat("kept ", i) + `"}`; string(resp.Data) != want {
					t.Fatalf("\n got %.100s\nwant %.100s", resp.Data, want)
				}
			}
		})
	}
}

// interrupted fails to send, and holds on to what it was given, as HTTP/2 may.
type interrupted struct {
	httptest.ResponseRecorder
	held [][]byte
}

func (w *interrupted) Write(p []byte) (int, error) {
	w.held = append(w.held, p)
	return 0, errors.New("the stream was reset")
}

func TestWhatCouldNotBeSentIsNotLentAgain(t *testing.T) {
	server, w := newServer(), &interrupted{}
	r := httptest.NewRequest(http.MethodGet, `/graphql?query={echo(text:"interrupted")}`, nil)
	server.ServeHTTP(w, r)
	before := slices.Concat(w.held...)
	echoes(t, server, "other")
	if after := slices.Concat(w.held...); string(after) != string(before) || !strings.Contains(string(before), "interrupted") {
		t.Errorf("\n  was %s\nbecame %s", before, after)
	}
}

func TestAnswersThatAreNotLent(t *testing.T) {
	server := newServer()
	server.Use(extension.Introspection{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1000)) // without which answers are not remembered
	for range 3 {
		for query, want := range map[string]string{
			`{__type(name:\"Query\"){name}}`:   `{"data":{"__type":{"name":"Query"}}}`, // which is remembered
			`{echo(text:\"panic\")}`:           `{"errors":[{"message":"internal system error","path":["echo"],"locations":[{"line":1,"column":2}]}],"data":null}`,
			`mutation{do(text:\"something\")}`: `{"data":{"do":"something"}}`,
		} {
			got, _ := io.ReadAll(ask(server, http.MethodPost, "/graphql", `{"query":"`+query+`"}`, "Content-Type", "application/json").Body)
			if string(got) != want {
				t.Fatalf("\n got %s\nwant %s", got, want)
			}
			echoes(t, server, "other")
		}
	}
}
