package coerce_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"
	"pgregory.net/rapid"

	"github.com/99designs/gqlgen/codegen/coerce"
)

var ctx = context.Background()

func decodeWord(_ context.Context, v any) (string, error) {
	word, ok := v.(string)
	if !ok || word == "bad" {
		return "", coerce.Refused("Word", v, errors.New("a word must be good"))
	}
	return word, nil
}

func TestNullIsAsTheTypeSays(t *testing.T) {
	if p, err := coerce.Pointer(decodeWord)(ctx, nil); p != nil || err != nil {
		t.Errorf("Pointer: %v, %v", p, err)
	}
	if v, err := coerce.OrZero(decodeWord)(ctx, nil); v != "" || err != nil {
		t.Errorf("OrZero: %q, %v", v, err)
	}
	if list, err := coerce.List(decodeWord)(ctx, nil); list != nil || err != nil {
		t.Errorf("List: %v, %v", list, err)
	}
	if _, err := decodeWord(ctx, nil); err == nil || err.Error() != "must not be null" {
		t.Errorf("a leaf given null: %v", err)
	}
	if o, err := coerce.Omittable(coerce.Pointer(decodeWord))(ctx, nil); !o.IsSet() || o.Value() != nil || err != nil {
		t.Errorf("Omittable: %v, %v", o, err)
	}
}

func TestErrorsSayWhere(t *testing.T) {
	type input struct{ Words [][]string }
	decodeInput := func(ctx context.Context, v any) (out input, err error) {
		fields, err := coerce.Object(v)
		if err != nil {
			return out, err
		}
		return out, coerce.Field(ctx, fields, "words", coerce.List(coerce.List(decodeWord)), &out.Words)
	}
	args := coerce.Args(coerce.Arg("input", decodeInput), coerce.Arg("other", decodeWord))
	for _, c := range []struct {
		raw  map[string]any
		want string
	}{
		{map[string]any{"input": map[string]any{"words": []any{"a", []any{"b", "bad"}}}}, "input.words[1][1]: a word must be good"},
		{map[string]any{"input": "secret"}, "input: must be an object"},
		{map[string]any{"input": map[string]any{}}, "other: must be given"},
		{map[string]any{"input": map[string]any{}, "other": nil}, "other: must not be null"},
	} {
		_, err := args(ctx, c.raw)
		var public *gqlerror.Error
		if !errors.As(err, &public) || public.Message != c.want || public.Extensions["code"] != "BAD_USER_INPUT" {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

// The worst that a scalar can do is to quote what it was given.
func TestNoErrorRepeatsWhatWasTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9 .'-]{0,19}`).Draw(t, "typed")
		layout := rapid.SampledFrom([]string{"%q is no date", "cannot take %s", "%s", "<%s>", "%s, which is odd"}).Draw(t, "layout")
		err := coerce.Refused("Date", typed, fmt.Errorf(layout, typed))
		if err == nil || err.Error() != "is not a valid Date" {
			t.Fatalf("error %v repeats %q", err, typed)
		}
	})
}

func TestAnErrorThatRepeatsNothingStays(t *testing.T) {
	const message = "must be at least 18"
	for _, typed := range []any{"1", int64(8), "", true, "MARY"} {
		if err := coerce.Refused("Age", typed, errors.New(message)); err.Error() != message {
			t.Errorf("%v: %v", typed, err)
		}
	}
	if err := coerce.Refused("Age", int64(18), errors.New(message)); strings.Contains(err.Error(), "18") {
		t.Errorf("a number is repeated: %v", err)
	}
}

func TestLeavesComeAsValuesOrPointers(t *testing.T) {
	word := "a"
	for _, v := range []any{word, &word} {
		if got, ok, err := coerce.Leaf[string](v); got != "a" || !ok || err != nil {
			t.Errorf("%T: %q, %v, %v", v, got, ok, err)
		}
	}
	for _, v := range []any{nil, (*string)(nil)} {
		if _, ok, err := coerce.Leaf[string](v); ok || err != nil {
			t.Errorf("%T: %v, %v, want null", v, ok, err)
		}
	}
	if _, ok, err := coerce.Leaf[string](1); ok || err == nil {
		t.Error("a number was taken for a string")
	}
}

func TestAPointerIsWrittenAsWhatItPointsTo(t *testing.T) {
	failed := errors.New("failed")
	write := func(_ context.Context, dst []byte, v string) ([]byte, bool, error) {
		return append(dst, v...), true, failed
	}
	word := "a"
	if out, ok, err := coerce.AppendPointer(ctx, []byte("-"), &word, write); string(out) != "-a" || !ok || err != failed {
		t.Errorf("%s, %v, %v", out, ok, err)
	}
	if out, ok, err := coerce.AppendPointer(ctx, []byte("-"), nil, write); string(out) != "-" || ok || err != nil {
		t.Errorf("nil: %s, %v, %v, want null", out, ok, err)
	}
}

func TestListsBecomeElements(t *testing.T) {
	type item struct{ n int }
	values := []*item{nil, {1}}
	box, asElems := coerce.Box[item], coerce.Elems(coerce.Box[item])
	for name, read := range map[string]func(to []any) ([]any, bool){
		"boxed":  func(to []any) ([]any, bool) { return asElems(values, to) },
		"direct": func(to []any) ([]any, bool) { return coerce.AppendElems(to, values, box) },
	} {
		elems, ok := read([]any{"before"})
		if !ok || len(elems) != 3 || elems[0] != "before" || elems[1] != nil || elems[2].(*item) != values[1] || elems[2].(*item).n != 1 {
			t.Errorf("%s: %v, %v, want what was there, and nil as untyped nil", name, elems, ok)
		}
	}
	for name, list := range map[string]any{"a nil slice": []*item(nil), "another list": []int{1}, "null": nil} {
		if _, ok := asElems(list, nil); ok {
			t.Errorf("%s is a list", name)
		}
	}
	if _, ok := asElems([]*item{}, nil); !ok {
		t.Error("an empty list is none")
	}
}

func TestAStreamEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	in := make(chan int, 2)
	in <- 1
	out := coerce.Stream(ctx, in, func(v int) any { return v })
	if v := <-out; v != 1 {
		t.Errorf("first %v", v)
	}
	stop()
	if v, open := <-out; open {
		t.Errorf("after the end came %v", v)
	}
	if _, open := <-coerce.Stream(context.Background(), nil, func(v int) any { return v }); open {
		t.Error("a nil channel has values")
	}
}

func TestANilPointerInAnInterfaceIsNull(t *testing.T) {
	var none *int
	if got := coerce.Untyped(none); got != nil {
		t.Errorf("a nil pointer is %T", got)
	}
	for _, v := range []any{nil, 0, "", new(int)} {
		if got := coerce.Untyped(v); got != v {
			t.Errorf("%v became %v", v, got)
		}
	}
}
