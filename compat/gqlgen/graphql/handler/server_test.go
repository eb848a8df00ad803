package handler_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const (
	plainJSON    = "application/json; charset=utf-8"
	responseJSON = "application/graphql-response+json; charset=utf-8"
)

func newSchema() graphql.ExecutableSchema {
	text := &engine.Value{Type: "String", NonNull: true, Append: func(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
		return engine.AppendString(dst, v.(string)), true, nil
	}}
	echo := &engine.Field{Value: text, Resolve: func(_ context.Context, _ any, args map[string]any) (any, error) {
		if id, ok := args["id"].(string); ok {
			return id, nil
		}
		s, _ := args["text"].(string)
		if s == "panic" {
			panic(s)
		}
		return s, nil
	}}
	return engine.New(&engine.Tables{
		Schema: gqlparser.MustLoadSchema(&ast.Source{Input: `type Query{echo(text:String,id:ID):String!} type Mutation{do(text:String):String!} type Subscription{news:String!}`}),
		Objects: map[string]*engine.Object{
			"Query":    {Fields: map[string]*engine.Field{"echo": echo}},
			"Mutation": {Fields: map[string]*engine.Field{"do": echo}},
			"Subscription": {Fields: map[string]*engine.Field{"news": {Value: text, Stream: func(context.Context, map[string]any) (<-chan any, error) {
				panic("a stream was opened for one response")
			}}}},
		},
	})
}

func newServer() *handler.Server {
	s := handler.New(newSchema())
	s.SetRecoverFunc(func(context.Context, any) error { return io.ErrUnexpectedEOF })
	s.AddTransport(transport.Options{})
	s.AddTransport(transport.GET{})
	s.AddTransport(transport.POST{})
	return s
}

func serve(method, target, body string, headers ...string) *http.Response {
	return ask(newServer(), method, target, body, headers...)
}

func ask(s *handler.Server, method, target, body string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func post(body string, headers ...string) *http.Response {
	return serve(http.MethodPost, "/graphql", body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

func get(query string, headers ...string) *http.Response {
	return serve(http.MethodGet, "/graphql?"+query, "", headers...)
}

func expect(t *testing.T, resp *http.Response, status int, contentType, body string) {
	t.Helper()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != status {
		t.Errorf("status %d, want %d", resp.StatusCode, status)
	}
	if ct := resp.Header.Get("Content-Type"); ct != contentType {
		t.Errorf("content type %q, want %q", ct, contentType)
	}
	if strings.HasSuffix(body, "…") {
		if !strings.HasPrefix(string(got), strings.TrimSuffix(body, "…")) {
			t.Errorf("\n got %s\nwant %s", got, body)
		}
	} else if string(got) != body {
		t.Errorf("\n got %s\nwant %s", got, body)
	}
}

const (
	good   = `{"query":"{echo(text:\"a\")}"}`
	answer = `{"data":{"echo":"a"}}`
)

func TestAccept(t *testing.T) {
	tests := []struct {
		accept string
		status int
		media  string
	}{
		{"", 200, plainJSON},
		{"*/*", 200, plainJSON},
		{"application/*", 200, plainJSON},
		{"application/json", 200, plainJSON},
		{"application/json; charset=utf-8", 200, plainJSON},
		{"APPLICATION/JSON", 200, plainJSON},
		{"application/graphql-response+json", 200, responseJSON},
		{"application/graphql-response+json; charset=UTF-8", 200, responseJSON},
		{"application/graphql-response+json, application/json;q=0.9", 200, responseJSON},
		{"application/graphql-response+json, application/json", 200, responseJSON},
		{"application/json, application/graphql-response+json;q=0.5", 200, plainJSON},
		{"application/graphql-response+json;q=0, */*", 200, plainJSON},
		{"application/graphql-response+json;q=0, application/json;q=0", 406, plainJSON},
		{"text/html, application/xhtml+xml, */*;q=0.8", 200, plainJSON},
		{"application/json, text/event-stream", 200, plainJSON},
		{"text/event-stream", 406, plainJSON},
		{"text/html", 406, plainJSON},
		{"application/json; charset=utf-16", 406, plainJSON},
		{"nonsense;;, application/json", 200, plainJSON},
		{"application/json;q=nine", 406, plainJSON},
		{"application/json;q=NaN", 406, plainJSON},
		{"application/json;q=-1", 406, plainJSON},
		{"application/json;q=2, application/graphql-response+json;q=0.1", 200, responseJSON},
		{"*/*;q=0", 406, plainJSON},
		{"*/*;q=0, application/graphql-response+json;q=0.1", 200, responseJSON},
		{"application/*;q=0.5, application/json;q=0.4", 200, responseJSON},
		{"application/*;q=0, */*", 406, plainJSON},
		{"application/json;profile=x", 200, plainJSON},
		{"application/graphql+json", 406, plainJSON},
		{"application/json;q=0.001", 200, plainJSON},
		{`application/json;v="1,2";q=0.9, application/graphql-response+json;q=0.8`, 200, plainJSON},
		{`text/html;like="*/*, application/json"`, 406, plainJSON},
		{`text/html;like="\", */*, \""`, 406, plainJSON},
	}
	for _, tt := range tests {
		t.Run(tt.accept, func(t *testing.T) {
			want := answer
			if tt.status == 406 {
				want = `{"errors":[{"message":"responses are application/graphql-response+json or application/json"}]}`
			}
			resp := post(good, "Accept", tt.accept)
			expect(t, resp, tt.status, tt.media, want)
			if resp.Header.Get("Vary") != "Accept" {
				t.Error("a cache is not told that the answer varies")
			}
		})
	}
	t.Run("two headers are one list", func(t *testing.T) {
		expect(t, post(good, "Accept", "text/html", "Accept", "application/graphql-response+json"), 200, responseJSON, answer)
	})
}

func TestStatus(t *testing.T) {
	tests := []struct {
		name, body      string
		plain, response int
		want            string
	}{
		{"syntax", `{"query":"{"}`, 200, 400, `{"errors":[{"message":"Expected Name, found…`},
		{"validation", `{"query":"{nothing}"}`, 200, 400, `{"errors":[{"message":"Cannot query field…`},
		{"variables", `{"query":"query($t:String!){echo(text:$t)}"}`, 200, 400, `{"errors":[{"message":"variable $t: a value expected"…`},
		{"which operation", `{"query":"query A{echo} query B{echo}"}`, 200, 400, `{"errors":[{"message":"the document has no operation of the name…`},
		{"a null that reaches the root", `{"query":"{echo(text:\"panic\")}"}`, 200, 200, `{"errors":[{"message":"internal system error","path":["echo"],"locations":[{"line":1,"column":2}]}],"data":null}`},
		{"a number of more digits than a float64 has", `{"query":"query($id:ID){echo(id:$id)}","variables":{"id":9007199254740993}}`, 200, 200, `{"data":{"echo":"9007199254740993"}}`},
		{"mutation", `{"query":"mutation{do(text:\"m\")}"}`, 200, 200, `{"data":{"do":"m"}}`},
		{"subscription", `{"query":"subscription{news}"}`, 200, 400, `{"errors":[{"message":"a subscription needs a transport that streams"}]}`},
		{"no query", `{}`, 400, 400, `{"errors":[{"message":"query is missing"}]}`},
		{"empty query", `{"query":""}`, 400, 400, `{"errors":[{"message":"query is missing"}]}`},
		{"null query", `{"query":null}`, 400, 400, `{"errors":[{"message":"query is missing"}]}`},
		{"query of another case", `{"QUERY":"{echo}"}`, 400, 400, `{"errors":[{"message":"query is missing"}]}`},
		{"query is not text", `{"query":{"swordfish":1}}`, 400, 400, `{"errors":[{"message":"query is not a string"}]}`},
		{"operationName is not text", `{"query":"{echo}","operationName":5}`, 400, 400, `{"errors":[{"message":"operationName is not a string"}]}`},
		{"variables are text", `{"query":"{echo}","variables":"swordfish"}`, 400, 400, `{"errors":[{"message":"variables is not a JSON object"}]}`},
		{"variables are a list", `{"query":"{echo}","variables":["swordfish"]}`, 400, 400, `{"errors":[{"message":"variables is not a JSON object"}]}`},
		{"extensions are text", `{"query":"{echo}","extensions":"swordfish"}`, 400, 400, `{"errors":[{"message":"extensions is not a JSON object"}]}`},
		{"not JSON", `{"query":"swordfish`, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"a batch", `[{"query":"{echo}"}]`, 400, 400, `{"errors":[{"message":"the body is a list: send each operation in a request of its own"}]}`},
		{"one name twice", `{"query":"{echo}","query":"{swordfish}"}`, 400, 400, `{"errors":[{"message":"the body has two members of one name"}]}`},
		{"one name twice, written differently", `{"query":"{echo}","\u0071uery":"{swordfish}"}`, 400, 400, `{"errors":[{"message":"the body has two members of one name"}]}`},
		{"an unknown name twice", `{"query":"{echo}","swordfish":1,"swordfish":2}`, 400, 400, `{"errors":[{"message":"the body has two members of one name"}]}`},
		{"a name of another case beside it", `{"query":"{echo(text:\"a\")}","Query":"{swordfish}"}`, 200, 200, answer},
		{"a key that is no string", `{swordfish:1}`, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"a missing comma", `{"query":"{echo}" "variables":{}}`, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"a comma too many", `{"query":"{echo}",}`, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"nested beyond reason", `{"query":"{echo}","variables":{"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}}`, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"a mark of byte order", "\ufeff" + good, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"blank query", `{"query":" \n"}`, 400, 400, `{"errors":[{"message":"query is missing"}]}`},
		{"a whole number as text", `{"query":"query($t:String){echo(text:$t)}","variables":{"t":4242}}`, 200, 400, `{"errors":[{"message":"variable $t: a string expected"…`},
		{"null", `null`, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"nothing", ``, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"more behind it", good + `swordfish`, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"another behind it", good + good, 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"not UTF-8", "{\"query\":\"{echo(text:\\\"\xff\\\")}\"}", 400, 400, `{"errors":[{"message":"the body is not a JSON object"}]}`},
		{"nulls and unknown members", `{"query":"{echo(text:\"a\")}","operationName":null,"variables":null,"extensions":null,"id":7}`, 200, 200, answer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, post(tt.body), tt.plain, plainJSON, tt.want)
			expect(t, post(tt.body, "Accept", "application/graphql-response+json"), tt.response, responseJSON, tt.want)
		})
	}
}

func TestContentType(t *testing.T) {
	for contentType, status := range map[string]int{
		"application/json":                  200,
		"application/json; charset=UTF-8":   200,
		"application/json; charset=utf8":    200,
		"Application/JSON":                  200,
		"application/json; charset=latin1":  415,
		"application/graphql":               415,
		"text/plain":                        415,
		"application/x-www-form-urlencoded": 415,
		"multipart/form-data; boundary=x":   415,
		"application/json+x":                415,
		"":                                  415,
		";":                                 415,
	} {
		resp := serve(http.MethodPost, "/graphql", good, "Content-Type", contentType)
		if resp.StatusCode != status {
			t.Errorf("%q: status %d, want %d", contentType, resp.StatusCode, status)
		}
	}
}

func TestCompressedBodies(t *testing.T) {
	for coding, status := range map[string]int{"": 200, "identity": 200, "Identity": 200, "gzip": 415, "br, gzip": 415, "swordfish": 415} {
		resp := post(good, "Content-Encoding", coding)
		if resp.StatusCode != status {
			t.Errorf("%q: status %d, want %d", coding, resp.StatusCode, status)
		}
		if status == 415 && resp.Header.Get("Accept-Encoding") != "identity" {
			t.Errorf("%q: nobody is told what is accepted", coding)
		}
	}
}

func TestMethods(t *testing.T) {
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, "SWORDFISH"} {
		resp := serve(method, "/graphql", good, "Content-Type", "application/json")
		if resp.StatusCode != 405 || resp.Header.Get("Allow") != "OPTIONS, GET, POST" {
			t.Errorf("%s: status %d, Allow %q", method, resp.StatusCode, resp.Header.Get("Allow"))
		}
	}
	if resp := serve(http.MethodOptions, "/graphql", ""); resp.StatusCode != 200 || resp.Header.Get("Allow") != "OPTIONS, GET, POST" {
		t.Errorf("OPTIONS: status %d, Allow %q", resp.StatusCode, resp.Header.Get("Allow"))
	}
	if resp := serve(http.MethodHead, "/graphql", ""); resp.StatusCode != 405 {
		t.Errorf("HEAD: status %d", resp.StatusCode)
	}
}

func TestBodyLimit(t *testing.T) {
	body := `{"query":"{echo}","variables":{"x":"` + strings.Repeat("s", 1000) + `"}}`
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	http.MaxBytesHandler(newServer(), 500).ServeHTTP(w, r)
	expect(t, w.Result(), 413, plainJSON, `{"errors":[{"message":"the body is larger than 500 bytes"}]}`)

	t.Run("in pieces of unknown number", func(t *testing.T) {
		server := httptest.NewServer(http.MaxBytesHandler(newServer(), 500))
		defer server.Close()
		resp, err := http.Post(server.URL, "application/json", io.MultiReader(strings.NewReader(body)))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.Request.ContentLength > 0 {
			t.Error("the length was told")
		}
		expect(t, resp, 413, plainJSON, `{"errors":[{"message":"the body is larger than 500 bytes"}]}`)
	})

	huge := good + strings.Repeat(" ", 8<<20)
	expect(t, post(huge), 413, plainJSON, `{"errors":[{"message":"the body is larger than 8388608 bytes"}]}`)
}

func TestGet(t *testing.T) {
	q := url.QueryEscape
	tests := []struct {
		name, query string
		status      int
		want        string
	}{
		{"query", "query=" + q(`{echo(text:"a")}`), 200, answer},
		{"variables", "query=" + q(`query($t:String){echo(text:$t)}`) + "&variables=" + q(`{"t":"v"}`), 200, `{"data":{"echo":"v"}}`},
		{"operation name", "operationName=B&query=" + q(`query A{a:echo(text:"a")} query B{b:echo(text:"b")}`), 200, `{"data":{"b":"b"}}`},
		{"mutation", "query=" + q(`mutation{do(text:"swordfish")}`), 405, `{"errors":[{"message":"GET takes queries only"}]}`},
		{"mutation among queries", "operationName=B&query=" + q(`query A{echo} mutation B{do}`), 405, `{"errors":[{"message":"GET takes queries only"}]}`},
		{"query among mutations", "operationName=A&query=" + q(`query A{echo(text:"a")} mutation B{do}`), 200, answer},
		{"nothing", "", 400, `{"errors":[{"message":"query is missing"}]}`},
		{"blank", "query=+", 400, `{"errors":[{"message":"query is missing"}]}`},
		{"twice", "query=" + q(`{echo}`) + "&query=" + q(`{swordfish}`), 400, `{"errors":[{"message":"the URL has two parameters of one name"}]}`},
		{"empty parameters", "operationName=&variables=&extensions=&query=" + q(`{echo(text:"a")}`), 200, answer},
		{"null variables", "variables=null&query=" + q(`{echo(text:"a")}`), 200, answer},
		{"more behind the variables", "variables=" + q(`{} swordfish`) + "&query=" + q(`{echo(text:"a")}`), 400, `{"errors":[{"message":"variables is not a JSON object"}]}`},
		{"not UTF-8", "query=%7Becho(text:%22%ff%22)%7D", 400, `{"errors":[{"message":"the parameters of the URL are malformed"}]}`},
		{"a query as a page writes it", "query=" + q(`{echo(text:"<é\u2028\\\"")}`), 200, "{\"data\":{\"echo\":\"<é\u2028\\\\\\\"\"}}"},
		{"long", "query=" + q(`{echo}`) + strings.Repeat("+", 1<<16), 414, `{"errors":[{"message":"the parameters of the URL are longer than 65536 bytes"}]}`},
		{"subscription", "query=" + q(`subscription{news}`), 405, `{"errors":[{"message":"GET takes queries only"}]}`},
		{"malformed", "query=%zz", 400, `{"errors":[{"message":"the parameters of the URL are malformed"}]}`},
		{"variables that are no object", "query=" + q(`{echo}`) + "&variables=swordfish", 400, `{"errors":[{"message":"variables is not a JSON object"}]}`},
		{"syntax", "query={", 200, `{"errors":[{"message":"Expected Name, found…`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			resp := get(tt.query)
			expect(t, resp, tt.status, plainJSON, tt.want)
			if tt.status == 405 && resp.Header.Get("Allow") != "POST" {
				t.Errorf("Allow %q, want POST", resp.Header.Get("Allow"))
			}
		})
	}
	t.Run("embedded in another site", func(t *testing.T) {
		query := "query=" + q(`{echo(text:"a")}`)
		for headers, status := range map[[2]string]int{
			{"cross-site", "no-cors"}: 403, {"cross-site", "navigate"}: 403, {"cross-site", "cors"}: 200,
			{"same-origin", "no-cors"}: 200, {"same-site", "no-cors"}: 200, {"none", "navigate"}: 200,
		} {
			if resp := get(query, "Sec-Fetch-Site", headers[0], "Sec-Fetch-Mode", headers[1]); resp.StatusCode != status {
				t.Errorf("%v: status %d, want %d", headers, resp.StatusCode, status)
			}
		}
	})
}

func TestTheLengthIsTold(t *testing.T) {
	resp := post(good)
	if resp.Header.Get("Content-Length") != "21" {
		t.Errorf("headers %v", resp.Header)
	}
}

func TestAPanicOutsideOfFields(t *testing.T) {
	s := newServer()
	s.AroundOperations(func(context.Context, graphql.OperationHandler) graphql.ResponseHandler { panic("swordfish") })
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(good))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	expect(t, w.Result(), 500, plainJSON, `{"errors":[{"message":"internal system error"}]}`)
}

func TestOnlyTheTransportsThereAre(t *testing.T) {
	s := handler.New(newSchema())
	s.AddTransport(transport.POST{})
	for method, status := range map[string]int{http.MethodGet: 405, http.MethodOptions: 405, http.MethodPost: 415} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, "/graphql?query={echo}", nil))
		if allow := w.Header().Get("Allow"); w.Code != status || status == 405 && allow != "POST" {
			t.Errorf("%s: status %d, Allow %q", method, w.Code, allow)
		}
	}
}

func TestHangingUpIsLeftToTheServer(t *testing.T) {
	s := newServer()
	s.AroundOperations(func(context.Context, graphql.OperationHandler) graphql.ResponseHandler { panic(http.ErrAbortHandler) })
	r := httptest.NewRequest(http.MethodGet, "/graphql?query={echo}", nil)
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the server does not learn of it")
		}
	}()
	s.ServeHTTP(httptest.NewRecorder(), r)
}

// Some clients offer HTTP/2 with each request that is not encrypted. A server
// need not take that up.
func TestOffersOfAnotherProtocolAreLeft(t *testing.T) {
	query := "query=" + url.QueryEscape(`{echo(text:"a")}`)
	expect(t, post(good, "Connection", "Upgrade, HTTP2-Settings", "Upgrade", "h2c"), 200, plainJSON, answer)
	expect(t, get(query, "Connection", "Upgrade, HTTP2-Settings", "Upgrade", "h2c"), 200, plainJSON, answer)
	expect(t, get(query, "Connection", "Upgrade", "Upgrade", "WebSocket"), 400, plainJSON, `{"errors":[{"message":"no other protocol is supported"}]}`)
}
