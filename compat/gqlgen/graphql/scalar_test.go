package graphql_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

func TestUnmarshalScalars(t *testing.T) {
	const no = "refused"
	reader := func(f func(any) (any, error)) func(any) any {
		return func(v any) any {
			got, err := f(v)
			if err != nil {
				return no
			}
			return got
		}
	}
	readInt := reader(func(v any) (any, error) { return graphql.UnmarshalInt(v) })
	readInt64 := reader(func(v any) (any, error) { return graphql.UnmarshalInt64(v) })
	readFloat := reader(func(v any) (any, error) { return graphql.UnmarshalFloat(v) })
	readString := reader(func(v any) (any, error) { return graphql.UnmarshalString(v) })
	readID := reader(func(v any) (any, error) { return graphql.UnmarshalID(v) })
	readBool := reader(func(v any) (any, error) { return graphql.UnmarshalBoolean(v) })
	readTime := reader(func(v any) (any, error) { return graphql.UnmarshalTime(v) })

	tests := []struct {
		name string
		read func(any) any
		in   any
		want any
	}{
		{"Int", readInt, int64(4), 4},
		{"Int", readInt, 4.0, 4},
		{"Int", readInt, json.Number("-4"), -4},
		{"Int", readInt, json.Number("4e2"), 400},
		{"Int", readInt, json.Number("4.5"), no},
		{"Int", readInt, json.Number("x"), no},
		{"Int", readInt, 4.5, no},
		{"Int", readInt, math.NaN(), no},
		{"Int", readInt, int64(math.MaxInt32) + 1, no},
		{"Int", readInt, int64(math.MinInt32) - 1, no},
		{"Int", readInt, "4", no},
		{"Int", readInt, true, no},
		{"Int", readInt, nil, no},
		{"Int64", readInt64, json.Number("9007199254740993"), int64(9007199254740993)},
		{"Int64", readInt64, json.Number("1e17"), no}, // not exact as a double
		{"Float", readFloat, json.Number("1.5"), 1.5},
		{"Float", readFloat, int64(2), 2.0},
		{"Float", readFloat, json.Number("1e999"), no},
		{"Float", readFloat, math.Inf(1), no},
		{"Float", readFloat, "1.5", no},
		{"String", readString, "x", "x"},
		{"String", readString, json.Number("1"), no},
		{"ID", readID, "x", "x"},
		{"ID", readID, int64(12), "12"},
		{"ID", readID, json.Number("12"), "12"},
		{"ID", readID, json.Number("-12"), "-12"},
		{"ID", readID, json.Number("123456789012345678901234"), "123456789012345678901234"},
		{"ID", readID, json.Number("1.5"), no},
		{"ID", readID, json.Number("4.0"), no},
		{"ID", readID, json.Number("4e2"), no},
		{"ID", readID, json.Number("-"), no},
		{"ID", readID, true, no},
		{"Boolean", readBool, true, true},
		{"Boolean", readBool, "true", no},
		{"Boolean", readBool, 1, no},
		{"Time", readTime, "2024-05-06T07:08:09.5Z", time.Date(2024, 5, 6, 7, 8, 9, 5e8, time.UTC)},
		{"Time", readTime, "yesterday", no},
		{"Time", readTime, 5, no},
	}
	for _, tt := range tests {
		if got := tt.read(tt.in); got != tt.want {
			t.Errorf("%s of %#v is %#v, want %#v", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestMarshalScalars(t *testing.T) {
	tests := []struct {
		m    graphql.Marshaler
		want string
	}{
		{graphql.MarshalInt(-4), "-4"},
		{graphql.MarshalInt64(math.MaxInt64), "9223372036854775807"},
		{graphql.MarshalFloat(1.5), "1.5"},
		{graphql.MarshalFloat(1e300), "1e+300"},
		{graphql.MarshalFloat(1e6), "1000000"},
		{graphql.MarshalFloat(1e-7), "1e-7"},
		{graphql.MarshalFloat(math.NaN()), "null"},
		{graphql.MarshalString("a\"\n<é"), "\"a\\\"\\n\\u003cé\""},
		{graphql.MarshalID("7"), `"7"`},
		{graphql.MarshalBoolean(true), "true"},
		{graphql.MarshalBoolean(false), "false"},
		{graphql.MarshalTime(time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)), `"2024-05-06T07:08:09Z"`},
		{graphql.MarshalTime(time.Time{}), "null"},
		{graphql.MarshalMap(map[string]any{"a": 1}), `{"a":1}`},
		{graphql.MarshalAny([]any{1, nil}), `[1,null]`},
		{graphql.MarshalAny(func() {}), `null`},
	}
	for _, tt := range tests {
		var buf bytes.Buffer
		tt.m.MarshalGQL(&buf)
		if buf.String() != tt.want {
			t.Errorf("got %s, want %s", &buf, tt.want)
		}
	}
	if err := graphql.MarshalFloatContext(math.Inf(-1)).MarshalGQLContext(context.Background(), &bytes.Buffer{}); err == nil {
		t.Error("a float that is not finite was written")
	}
}

func TestOmittable(t *testing.T) {
	var left graphql.Omittable[*string]
	null := graphql.OmittableOf[*string](nil)
	if left.IsSet() || !left.IsZero() || left.Value() != nil {
		t.Error("the zero value is not left out")
	}
	if v, ok := null.ValueOK(); v != nil || !ok || null.IsZero() {
		t.Error("null was not given")
	}
	type form struct {
		A graphql.Omittable[*string] `json:"a,omitzero"`
		B graphql.Omittable[*string] `json:"b,omitzero"`
		C graphql.Omittable[*string] `json:"c,omitzero"`
	}
	var f form
	if err := json.Unmarshal([]byte(`{"a":null,"b":"x"}`), &f); err != nil {
		t.Fatal(err)
	}
	if !f.A.IsSet() || f.A.Value() != nil || *f.B.Value() != "x" || f.C.IsSet() {
		t.Errorf("read %+v", f)
	}
	enc, err := json.Marshal(f)
	if err != nil || string(enc) != `{"a":null,"b":"x"}` {
		t.Errorf("wrote %s, %v", enc, err)
	}
	var buf bytes.Buffer
	graphql.OmittableOf("x").MarshalGQL(&buf)
	left.MarshalGQL(&buf)
	if buf.String() != `"x"null` {
		t.Errorf("wrote %s", &buf)
	}
}
