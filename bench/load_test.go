package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// listening answers a server's address.
func listening(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func TestEveryConnectionAsksAndNoAnswerRepeatsInARow(t *testing.T) {
	var mu sync.Mutex
	last, asked := map[string]string{}, 0
	address := listening(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		asked++
		if err != nil || last[r.RemoteAddr] == string(body) || r.Header.Get("Authorization") != "Bearer token" {
			t.Errorf("%s asks %q after %q", r.RemoteAddr, body, last[r.RemoteAddr])
		}
		last[r.RemoteAddr] = string(body)
		fmt.Fprint(w, `{"data":{}}`)
	})
	var requests [][]byte
	for i := range 5 {
		requests = append(requests, post("/graphql", "token", fmt.Append(nil, i)))
	}
	l, err := drive(t.Context(), address, cycles(requests), 3, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if l.answered != asked || l.answered < 3 || len(last) != 3 {
		t.Errorf("%d were answered of %d, on %d connections", l.answered, asked, len(last))
	}
}

func TestAFailureEndsTheRun(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"errors": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"errors":[{"message":"No."}],"data":null}`)
		},
		"status": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := drive(t.Context(), listening(t, answer), cycles([][]byte{post("/", "", nil)}), 2, time.Minute)
			if err == nil {
				t.Error("the run is told as if it had gone well")
			}
		})
	}
}
