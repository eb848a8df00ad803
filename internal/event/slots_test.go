package event

import (
	"reflect"
	"testing"
)

// shares tells whether something can be reached from both values and set: an object, or the items of
// a list. Single values that are pointed to are never written to.
func shares(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() || a.Elem().Kind() != reflect.Struct || a.Type().Elem() == reflect.TypeFor[Age]() {
			return false
		}
		return a.Pointer() == b.Pointer() || shares(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() > 0 && a.Pointer() == b.Pointer() {
			return true
		}
		for i := range a.Len() {
			if shares(a.Index(i), b.Index(i)) {
				return true
			}
		}
	case reflect.Struct:
		for i := range a.NumField() {
			if shares(a.Field(i), b.Field(i)) {
				return true
			}
		}
	}
	return false
}

func TestACloneIsTheSameAndSharesNothing(t *testing.T) {
	whole := valid()
	whole.Outcome = &OutcomeInput{OutcomeTypes: []string{"1"}}
	whole.Risk = &RiskInput{Themes: []string{"1"}}
	whole.GoodCare = &GoodCareInput{Strengths: ptr("Quick.")}
	whole.Answers = append(whole.Answers, &AnswerInput{Element: "PractitionerDetails.ReporterType", Codes: []string{"3"}})
	for name, in := range map[string]Input{"an input that says everything": whole, "one that says nothing": {}} {
		copied := in.clone()
		if !reflect.DeepEqual(in, copied) {
			t.Errorf("%s is cloned as %+v", name, copied)
		}
		if shares(reflect.ValueOf(&in).Elem(), reflect.ValueOf(&copied).Elem()) {
			t.Errorf("%s shares something with its clone", name)
		}
	}
	if !shares(reflect.ValueOf(&whole).Elem(), reflect.ValueOf(&whole).Elem()) {
		t.Error("what is the same is not seen to be")
	}
}
