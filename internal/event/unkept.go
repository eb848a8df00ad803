package event

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lfpse/internal/fault"
)

// unkept answers what of an input could not even be kept as a draft: what is too
// long or too many, whether it is asked of its kind or not, and characters that
// are none. Anything else may be wrong as long as it is a draft.
func (s *Service) unkept(in *Input) fault.Problems {
	var problems fault.Problems
	known := map[string]bool{}
	add := func(code fault.Code, message string, path []string) {
		if one := string(code) + " " + strings.Join(path, "."); !known[one] {
			known[one] = true
			problems.Add(code, message, path...)
		}
	}
	for _, p := range s.checking(in, nil).all() {
		if p.Code == fault.TooLong || p.Code == fault.TooMany {
			add(p.Code, p.Message, p.Path)
		}
	}
	for _, list := range []struct {
		field string
		n     int
		most  int
	}{
		{"patients", len(in.Patients), MaxPatients},
		{"answers", len(in.Answers), MaxAnswers},
		{"occurredAtOrganisations", len(in.OccurredAtOrganisations), MaxOrganisations},
	} {
		if list.n > list.most {
			add(fault.TooMany, "At most "+strconv.Itoa(list.most)+".", []string{root, list.field})
		}
	}
	if contact := in.ReporterContact; contact != nil && utf8.RuneCountInString(*contact) > MaxContact {
		add(fault.TooLong, "At most "+strconv.Itoa(MaxContact)+" characters.", []string{root, "reporterContact"})
	}
	listed := func(n int, path []string) bool {
		if n > MaxAnswers {
			add(fault.TooMany, "At most "+strconv.Itoa(MaxAnswers)+".", path)
		}
		return n <= MaxAnswers
	}
	strung(reflect.ValueOf(in), []string{root}, listed, func(text string, path []string) {
		if utf8.RuneCountInString(text) > MaxText {
			add(fault.TooLong, "At most "+strconv.Itoa(MaxText)+" characters.", path)
		}
		if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
			add(fault.Invalid, "The text has characters that are not text; type it again.", path)
		}
	})
	return problems
}

// strung visits every string of an input with its path, but for those of lists
// that listed does not want.
func strung(v reflect.Value, path []string, listed func(n int, path []string) bool, visit func(text string, path []string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			strung(v.Elem(), path, listed, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			strung(v.Field(i), append(slices.Clone(path), strings.ToLower(name[:1])+name[1:]), listed, visit)
		}
	case reflect.Slice:
		if !listed(v.Len(), path) {
			return
		}
		for i := range v.Len() {
			strung(v.Index(i), append(slices.Clone(path), strconv.Itoa(i)), listed, visit)
		}
	case reflect.String:
		visit(v.String(), path)
	}
}
