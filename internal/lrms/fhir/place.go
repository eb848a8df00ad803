package fhir

import (
	"strings"

	"lfpse/internal/fault"
)

// Locate turns problems with the input into issues, with the place in the body that each part of the input was read
// from: that of the nearest part around it where there is none of its own, and where it would stand for what is missing.
func (r *Reading) Locate(problems fault.Problems) Issues {
	var issues Issues
	for _, p := range problems {
		issues.add(Error, p.Code, p.Message, r.place(p))
	}
	return issues
}

func (r *Reading) place(p fault.Problem) string {
	path := p.Path
	if len(path) > 0 && path[0] == "event" {
		path = path[1:]
	}
	for end := len(path); end > 0; end-- {
		at, ok := r.places[strings.Join(path[:end], ".")]
		if ok && end < len(path) && p.Code == fault.Required && path[0] == "patients" {
			return at + r.vacant["patients."+path[end]]
		}
		if ok {
			return at
		}
	}
	if at, ok := r.vacant[strings.Join(path, ".")]; ok && p.Code == fault.Required {
		return at
	}
	return root
}

// vacant answers where each field of the input would stand, in FHIRPath; a patient's from the patient's extension on.
func (t *Translator) vacant() map[string]string {
	at := map[string]string{}
	for _, e := range t.codes.Elements() {
		_, name, _ := strings.Cut(e.Path, ".")
		inner := ".extension.where(url = '" + name + "')"
		for _, field := range e.Fields {
			switch carrier := carrierOf(e.Section); {
			case at[field] != "": // the first of several elements
			case e.Section == recordSection:
				at[field] = root + "." + field
			case e.Section == patientSection:
				at[field] = inner
			case carrier == root:
				at[field] = root + t.sectionPath(e.Section) + inner
			default:
				at[field] = root + ".contained.ofType(" + carrier + ")" + t.sectionPath(e.Section) + inner
			}
		}
	}
	return at
}

func (t *Translator) sectionPath(section string) string {
	return ".extension.where(url = '" + t.structure(kebab(section)) + "')"
}
