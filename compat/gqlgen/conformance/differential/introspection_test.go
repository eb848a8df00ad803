//go:build conformance

package differential

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// builtIn says whether a type or a directive is one that every server has. What is
// said of them the specification leaves free, and which of them there are is a
// matter of its edition.
func builtIn(name string) bool {
	return strings.HasPrefix(name, "__") ||
		slices.Contains([]string{"Int", "Float", "String", "Boolean", "ID", "skip", "include", "deprecated", "specifiedBy", "oneOf", "defer"}, name)
}

// The full introspection of generated schemas is the same byte by byte, but for what
// the specification leaves free: the order of types, of possible types and of
// directives; how a default value is written; and the built-in types and directives.
// Fields, arguments, input fields, enum values, interfaces keep their order.
//
// A default is compared by what a client makes of it: graphql-js reads both answers
// and tells what it has understood.
func TestIntrospection(t *testing.T) {
	seed := fromEnvironment(t, "CONFORMANCE_SEED", defaultSeed)
	peer := startPeer(t)
	var asked struct{ Query string }
	peer.ask(t, map[string]any{"ask": "introspection"}, &asked)
	for i := range fromEnvironment(t, "CONFORMANCE_SCHEMAS", schemas) {
		g := generate(t, seed+i)
		peer.ask(t, map[string]any{"ask": "schema", "seed": g.answers.seed, "sdl": g.sdl}, nil)
		req := request{Query: asked.Query, Variables: "{}"}
		want := data(t, peer.execute(t, req))
		for _, e := range g.executors {
			got := data(t, answer(t, e, req))
			differs(t, seed+i, e.name, normal(t, got, true), normal(t, want, true))
			differs(t, seed+i, e.name+", as a client reads it", normal(t, peer.read(t, got), false), normal(t, peer.read(t, want), false))
		}
	}
}

func data(t *testing.T, body []byte) []byte {
	t.Helper()
	r, err := read(body)
	if err != nil || r.Errors != nil {
		t.Fatalf("%v %v", err, r.Errors)
	}
	return r.Data
}

// read is an introspection once graphql-js has made a schema of it.
func (p *peer) read(t *testing.T, introspection []byte) []byte {
	t.Helper()
	var reply struct{ Body string }
	p.ask(t, map[string]any{"ask": "read", "introspection": json.RawMessage(introspection)}, &reply)
	return []byte(reply.Body)
}

// differs fails where got is not want, and shows the first place.
func differs(t *testing.T, seed int, name string, got, want []byte) {
	t.Helper()
	if bytes.Equal(got, want) {
		return
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	around := func(text []byte) []byte { return text[max(0, at-200):min(len(text), at+200)] }
	t.Errorf("schema %d, executor %s:\nours   %s\ntheirs %s", seed, name, around(got), around(want))
}

var (
	defaultValue  = regexp.MustCompile(`"defaultValue":"(?:[^"\\]|\\.)*"`)
	possibleTypes = regexp.MustCompile(`"possibleTypes":\[[^\]]*\]`)
)

// normal is an introspection with what is left free taken out of it.
func normal(t *testing.T, body []byte, defaultsFree bool) []byte {
	t.Helper()
	var answer struct {
		Schema struct{ Types, Directives json.RawMessage } `json:"__schema"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	types, directives := answer.Schema.Types, answer.Schema.Directives
	body = bytes.Replace(body, types, own(t, types), 1)
	body = bytes.Replace(body, directives, own(t, directives), 1)
	body = possibleTypes.ReplaceAllFunc(body, func(list []byte) []byte {
		elements := strings.Split(string(list), "{")
		slices.Sort(elements)
		return []byte(strings.ReplaceAll(strings.Join(elements, "{"), "]", ","))
	})
	if defaultsFree {
		body = defaultValue.ReplaceAll(body, []byte(`"defaultValue":"some"`))
	}
	return body
}

// own are the elements of a list that are not built in, by name.
func own(t *testing.T, text []byte) []byte {
	t.Helper()
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	byName := map[string]json.RawMessage{}
	for _, elem := range list {
		var named struct{ Name string }
		if err := json.Unmarshal(elem, &named); err != nil {
			t.Fatal(err)
		}
		if byName[named.Name] != nil {
			t.Errorf("%s occurs twice", named.Name)
		}
		if !builtIn(named.Name) {
			byName[named.Name] = elem
		}
	}
	var kept [][]byte
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		kept = append(kept, byName[name])
	}
	return bytes.Join(kept, []byte("\n"))
}
