package transport

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzJSON reads what encoding/json reads, and takes it for the same.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{
		`null`, ` {"a" : [ 1 , -2.50e+7,true ], "a":{}, "" :false}`, `"\u00e9\ud800\"\\"`, `[[],{},"",0]`, "\t\"a\"\n", `{"a\"}":"]"}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if !valid(text) {
			return
		}
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, (&jsonText{text: text}).value()); diff != "" {
			t.Error(diff)
		}
	})
}
