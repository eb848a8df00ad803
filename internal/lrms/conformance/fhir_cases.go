package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// fhirTaxonomy are the cases of what is defined.
func fhirTaxonomy() []Case {
	return []Case{{"FHIR: the capability statement names a profile that is defined", func(ctx context.Context, d *Deployment) error {
		_, statement, err := d.fhir(ctx, request{method: http.MethodGet, path: taxonomyPath + "/metadata"})
		if err != nil {
			return err
		}
		if statement.ResourceType != "CapabilityStatement" || len(statement.Rest) == 0 || len(statement.Rest[0].Resource) == 0 {
			return errors.New("there is no capability statement of a resource")
		}
		address := statement.Rest[0].Resource[0].Profile.Reference
		_, path, ok := strings.Cut(address, taxonomyPath+"/")
		if !ok {
			return errors.New("the profile is not an address of the taxonomy")
		}
		return defines(ctx, d, path, address)
	}}, {"FHIR: an extension, its value sets and code systems are defined", func(ctx context.Context, d *Deployment) error {
		for _, path := range []string{"StructureDefinition/adverse-event-agent-5", "ValueSet/never-event-type-5", "CodeSystem/never-event-type-5", "CodeSystem/problem-5"} {
			if err := defines(ctx, d, path, ""); err != nil {
				return err
			}
		}
		return refuses(ctx, d, request{method: http.MethodGet, path: taxonomyPath + "/CodeSystem/never-event-type-0"}, http.StatusNotFound, "NOT_FOUND")
	}}}
}

// defines holds where something is defined under an address, which is its own.
func defines(ctx context.Context, d *Deployment, path, address string) error {
	got, definition, err := d.fhir(ctx, request{method: http.MethodGet, path: taxonomyPath + "/" + path})
	if err != nil {
		return err
	}
	kind, _, _ := strings.Cut(path, "/")
	if got.status != http.StatusOK || definition.ResourceType != kind || !strings.HasSuffix(definition.URL, path) {
		return fmt.Errorf("%s is answered %d %s", path, got.status, definition.ResourceType)
	}
	if address != "" && definition.URL != address {
		return fmt.Errorf("%s has another address", path)
	}
	return nil
}

// fhirKinds are the cases of what is taken.
func fhirKinds() []Case {
	var cases []Case
	for kind, name := range map[string]string{incident: "an incident", risk: "a risk", outcome: "an outcome", goodCare: "good care"} {
		cases = append(cases, Case{"FHIR: " + name + " is recorded", func(ctx context.Context, d *Deployment) error {
			_, err := takes(ctx, d, d.create(text(d.event(kind, name))), http.StatusCreated, "1")
			return err
		}})
	}
	slices.SortFunc(cases, func(a, b Case) int { return strings.Compare(a.Name, b.Name) })
	return append(cases, Case{"FHIR: an incident that was caught in time is recorded", func(ctx context.Context, d *Deployment) error {
		body := d.event(incident, "caught in time")
		body["category"] = "PAE"
		_, err := takes(ctx, d, d.create(text(body)), http.StatusCreated, "1")
		return err
	}}, Case{"FHIR: what is not kept is warned of", func(ctx context.Context, d *Deployment) error {
		body := d.event(incident, "warned of")
		body["identifier"] = object{"value": "W-1"}
		taken, err := takes(ctx, d, d.create(text(body)), http.StatusCreated, "1")
		if err == nil && !slices.Equal(taken.warned(), []string{"NOT_APPLICABLE AdverseEvent.identifier"}) {
			err = fmt.Errorf("the warnings are %q", taken.warned())
		}
		return err
	}})
}

// refusal is what is wrong with a body, and what is told of it.
type refusal struct {
	name   string
	breaks func(body object)
	status int
	told   []string
}

func refusals() []refusal {
	const bad, unfit = http.StatusBadRequest, http.StatusUnprocessableEntity
	extend := func(extensions ...any) func(object) {
		return func(body object) { body["extension"] = append(body["extension"].([]any), extensions...) }
	}
	return []refusal{
		{"no profile", func(b object) { delete(b, "meta") }, bad, []string{"REQUIRED AdverseEvent.meta.profile"}},
		{"no kind", func(b object) { delete(b, "type") }, bad, []string{"REQUIRED AdverseEvent.type"}},
		{"an unknown kind", func(b object) { b["type"] = object{"coding": []any{object{"code": "9"}}} }, bad, []string{"UNKNOWN_CODE AdverseEvent.type.coding[0].code"}},
		{"no description", func(b object) { delete(b, "description") }, unfit, []string{"REQUIRED AdverseEvent.description"}},
		{"a long description", func(b object) { b["description"] = strings.Repeat(marker+" ", 5000) }, unfit, []string{"TOO_LONG AdverseEvent.description"}},
		{"a description of another type", func(b object) { b["description"] = []any{marker} }, bad, []string{"INVALID AdverseEvent.description"}},
		{"an unknown member", func(b object) { b[marker] = marker }, bad, []string{"NOT_APPLICABLE AdverseEvent"}},
		{"an unknown extension", extend(extension(marker, said("A", "valueString", marker))), bad, []string{"UNKNOWN_CODE AdverseEvent.extension[1].url"}},
		{"an unknown answer", extend(extension("adverse-event-agent", said(marker, "valueString", marker))), bad, []string{"UNKNOWN_CODE AdverseEvent.extension[1].extension[0].url"}},
		{"an unknown code", extend(extension("adverse-event-agent", said("InvolvedAgents", "valueCode", marker))), bad, []string{"UNKNOWN_CODE AdverseEvent.extension[1].extension[0].valueCode"}},
		{"a code as text", extend(extension("adverse-event-agent", said("InvolvedAgents", "valueString", "4"))), bad, []string{
			"NOT_APPLICABLE AdverseEvent.extension[1].extension[0]", "REQUIRED AdverseEvent.extension[1].extension[0].valueCode",
		}},
		{"a doubled section", extend(extension("adverse-event-estimated-date", said("PreciseTime", "valueTime", "14:30:00"))), bad, []string{"TOO_MANY AdverseEvent.extension[1]"}},
		{"a date to come", func(b object) {
			b["extension"] = []any{extension("adverse-event-estimated-date", said("ApproximateDate", "valueString", "2999-01-01"))}
		}, unfit, []string{"IN_FUTURE AdverseEvent.extension[0].extension[0].valueString"}},
		{"no age of the encoding", func(b object) { b["contained"] = []any{patient(said("AgeAtTimeOfIncidentDays", "valueInteger", 35))} }, bad, []string{
			"INVALID AdverseEvent.contained[0].extension[0].extension[1].valueInteger",
		}},
		{"a reference to nothing", func(b object) { b["subject"] = object{"reference": "#nobody"} }, bad, []string{"INVALID AdverseEvent.subject.reference"}},
		{"a governance that contradicts itself", extend(extension("adverse-event-governance", said("NeverEvent", "valueBoolean", false), said("NeverEventType", "valueCode", "1"))), unfit, []string{
			"NOT_APPLICABLE AdverseEvent.extension[1].extension[1].valueCode",
		}},
	}
}

// fhirRefusals are the cases of what is refused.
func fhirRefusals() []Case {
	var cases []Case
	for _, r := range refusals() {
		cases = append(cases, Case{"FHIR: " + r.name + " is refused", func(ctx context.Context, d *Deployment) error {
			body := d.event(incident, r.name)
			r.breaks(body)
			return refuses(ctx, d, d.create(text(body)), r.status, r.told...)
		}})
	}
	for _, r := range []struct {
		name   string
		breaks func(r *request)
		status int
		told   string
	}{
		{"no key", func(r *request) { r.key = "" }, http.StatusUnauthorized, "UNAUTHENTICATED"},
		{"a key that nobody has", func(r *request) { r.key = "lfpse_" + strings.Repeat("0", 49) }, http.StatusUnauthorized, "UNAUTHENTICATED"},
		{"a form", func(r *request) { r.headers = map[string]string{"Content-Type": "application/x-www-form-urlencoded"} }, http.StatusUnsupportedMediaType, "INVALID"},
		{"a body that is cut off", func(r *request) { r.body = r.body[:len(r.body)/2] }, http.StatusBadRequest, "INVALID"},
		{"a name that stands twice", func(r *request) { r.body = strings.Replace(r.body, `"category":`, `"category":"AE","category":`, 1) }, http.StatusBadRequest, "DUPLICATE AdverseEvent"},
		{"a deep body", func(r *request) {
			r.body = strings.Replace(r.body, `"AE"`, strings.Repeat(`[`, 5000)+strings.Repeat(`]`, 5000), 1)
		}, http.StatusBadRequest, "INVALID"},
		{"a body of 5 MB", func(r *request) { r.body = strings.Repeat(" ", 5<<20) }, http.StatusRequestEntityTooLarge, "TOO_LONG"},
		{"another resource", func(r *request) { r.path = "/adverse-event/fhir/Patient" }, http.StatusNotFound, "NOT_FOUND"},
	} {
		cases = append(cases, Case{"FHIR: " + r.name + " is refused", func(ctx context.Context, d *Deployment) error {
			sent := d.create(text(d.event(incident, r.name)))
			r.breaks(&sent)
			return refuses(ctx, d, sent, r.status, r.told)
		}})
	}
	return cases
}
