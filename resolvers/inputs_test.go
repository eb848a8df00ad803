package resolvers

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"lfpse/graph/model"
	"lfpse/internal/event"
)

// fill gives every field of an input a value that is not its zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.String:
		v.SetString("x")
	case reflect.Int:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		if strings.HasPrefix(v.Type().Name(), "Omittable[") {
			value, _ := v.Type().FieldByName("value")
			inner := reflect.New(value.Type)
			fill(inner.Elem())
			raw, err := json.Marshal(inner.Interface())
			if err != nil {
				panic(err)
			}
			if err := json.Unmarshal(raw, v.Addr().Interface()); err != nil {
				panic(err)
			}
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

// nothingIsZero fails where a field of what was mapped is still empty.
func nothingIsZero(t *testing.T, v reflect.Value, path string) {
	if v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() == reflect.Struct {
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct {
		for i := range v.NumField() {
			nothingIsZero(t, v.Field(i), path+"."+v.Type().Field(i).Name)
		}
		return
	}
	if v.IsZero() {
		t.Errorf("%s is lost", path)
	}
}

func TestNoFieldOfAnInputIsLost(t *testing.T) {
	var in model.EventInput
	fill(reflect.ValueOf(&in).Elem())
	nothingIsZero(t, reflect.ValueOf(inputOf(&in)), "EventInput")
	var patch model.EventPatch
	fill(reflect.ValueOf(&patch).Elem())
	nothingIsZero(t, reflect.ValueOf(patchOf(&patch)), "EventPatch")
}

func TestLeftOutIsNotNull(t *testing.T) {
	var patch model.EventPatch
	if err := json.Unmarshal([]byte(`{"specialty": null, "incident": {"process": null}, "risk": null}`), &patch); err != nil {
		t.Fatal(err)
	}
	p := patchOf(&patch)
	if !p.Specialty.Is || p.Specialty.Value != nil || p.Description.Is {
		t.Errorf("specialty %+v, description %+v", p.Specialty, p.Description)
	}
	if !p.Incident.Is || !p.Incident.Value.Process.Is || p.Incident.Value.WentWell.Is {
		t.Errorf("incident %+v", p.Incident)
	}
	if !p.Risk.Is || p.Risk.Value != nil || p.Outcome != (event.Given[*event.OutcomePatch]{}) {
		t.Errorf("risk %+v, outcome %+v", p.Risk, p.Outcome)
	}
}
