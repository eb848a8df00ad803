// Command server is the server of ours that is timed: the whole HTTP stack over
// generated code. It prints its address, and stops when its standard input ends. With
// the argument "direct" it times itself instead, without HTTP.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/99designs/gqlgen/conformance/bench/data"
	"github.com/99designs/gqlgen/conformance/bench/generated"
	"github.com/99designs/gqlgen/conformance/bench/resolvers"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
)

func main() {
	d := data.New(1000)
	if len(os.Args) > 1 && os.Args[1] == "direct" {
		if err := answerDirectly(d, os.Stdin, os.Stdout); err != io.EOF { //nolint:errorlint // a decoder returns it as it is
			log.Fatal(err)
		}
		return
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	mux := http.NewServeMux()
	mux.Handle("/graphql", graphQL(d))
	mux.HandleFunc("/plain", plain(d))
	log.Fatal(http.Serve(listener, mux)) //nolint:gosec // only the driver connects
}

func graphQL(d *data.Data) *handler.Server {
	server := handler.New(generated.NewExecutableSchema(generated.Config{Resolvers: &resolvers.Resolver{Data: d}}))
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	server.Use(extension.Introspection{})
	return server
}

// plain is what somebody would write who had only the first workload to answer.
func plain(d *data.Data) http.HandlerFunc {
	type row struct {
		ID    string  `json:"id"`
		Title string  `json:"title"`
		Note  *string `json:"note"`
		Count int     `json:"count"`
		Score float64 `json:"score"`
		Open  bool    `json:"open"`
	}
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		rows := make([]row, len(d.Rows))
		for i, from := range d.Rows {
			rows[i] = row{from.ID, from.Title, from.Note, from.Count, from.Score, from.Open}
		}
		body, err := json.Marshal(map[string]any{"data": map[string]any{"rows": rows}})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	}
}
