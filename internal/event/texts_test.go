package event

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// Every field of an input that texts.yaml says holds somebody's words is one
// that is anonymised, those that nobody else reads are sealed, and nothing else
// is taken for words.
func TestEveryTextOfAnInputIsAnonymised(t *testing.T) {
	list, err := os.ReadFile("../../policies/texts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var classes struct{ Graph map[string][]string }
	if err := yaml.Unmarshal(list, &classes); err != nil {
		t.Fatal(err)
	}
	var in Input
	names := fill(reflect.ValueOf(&in).Elem())
	if len(names) < 20 {
		t.Fatalf("only %v are filled", names)
	}
	became := map[string]string{}
	for _, text := range in.texts() {
		became[text] = "words"
	}
	for _, text := range in.sealedOnly() {
		became[text] = "sealed"
	}
	for _, slot := range in.slots() {
		if became[**slot.text] != "words" {
			t.Errorf("%s is edited as words, and not anonymised", **slot.text)
		}
	}
	for _, name := range names {
		want := "coded"
		for _, class := range []string{"words", "sealed"} {
			if slices.Contains(classes.Graph[class], name) {
				want = class
			}
		}
		if name == "EventInput.organisation" || name == "EventInput.occurredAtOrganisations" { // OdsCodes
			continue
		}
		if want == "coded" && !slices.Contains(classes.Graph["coded"], name) {
			t.Errorf("texts.yaml does not speak of %s", name)
		}
		if got := became[name]; got != want && !(got == "" && want == "coded") {
			t.Errorf("%s holds %s and is kept as %q", name, want, got)
		}
	}
}

// fill puts its name into every text of an input, and answers the names.
func fill(v reflect.Value) (names []string) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		object := v.Type().Name()
		if object == "Input" {
			object = "EventInput"
		}
		name := fmt.Sprint(object, ".", strings.ToLower(field.Name[:1]), field.Name[1:])
		switch at := v.Field(i).Addr().Interface().(type) {
		case *string:
			*at, names = name, append(names, name)
		case **string:
			*at, names = &name, append(names, name)
		case *[]string:
			*at, names = []string{name}, append(names, name)
		default:
			names = append(names, fillPart(v.Field(i))...)
		}
	}
	return names
}

// fillPart fills what an input is made of besides texts.
func fillPart(v reflect.Value) []string {
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct:
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Pointer:
		one := reflect.New(v.Type().Elem().Elem())
		v.Set(reflect.Append(v, one))
		return fill(one.Elem())
	}
	return nil
}
