package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// The addresses of the interface by FHIR.
const (
	eventsPath   = "/adverse-event/fhir/AdverseEvent"
	taxonomyPath = "/taxonomy/fhir"
)

// marker stands in every text that is sent. No answer repeats it.
const marker = "Quillfeather"

// FHIR are the cases of the interface by FHIR. Each records what it needs; the events say that they are of a test.
func FHIR() []Case {
	return slices.Concat(fhirTaxonomy(), fhirKinds(), fhirRefusals(), fhirRetries(), fhirUpdates(), fhirGovernance())
}

// resource is what an answer by FHIR holds.
type resource struct {
	ResourceType string
	ID           string
	URL          string
	Meta         struct{ VersionID string }
	Extension    []struct {
		Extension []struct{ URL, ValueString string }
	}
	Contained []resource
	Rest      []struct {
		Resource []struct{ Profile struct{ Reference string } }
	}
	Issue []struct {
		Severity   string
		Expression []string
		Details    struct{ Coding []struct{ Code string } }
	}
}

// fhir sends a request by FHIR, with the deployment's key unless it has another, and reads the answer.
func (d *Deployment) fhir(ctx context.Context, r request) (answer, resource, error) {
	if r.headers == nil {
		r.headers = map[string]string{}
	}
	if _, given := r.headers["Content-Type"]; !given {
		r.headers["Content-Type"] = "application/fhir+json"
	}
	got, err := d.send(ctx, r)
	if err != nil {
		return answer{}, resource{}, err
	}
	var read resource
	if err := json.Unmarshal([]byte(got.body), &read); err != nil {
		return answer{}, resource{}, fmt.Errorf("status %d, and the answer is no JSON: %w", got.status, err)
	}
	if strings.Contains(got.body, marker) {
		return answer{}, resource{}, errors.New("the answer repeats what was sent")
	}
	return got, read, nil
}

// told are the code and the place of each issue of an OperationOutcome.
func (r resource) told() []string {
	var told []string
	for _, issue := range r.Issue {
		one := ""
		if len(issue.Details.Coding) > 0 {
			one = issue.Details.Coding[0].Code
		}
		told = append(told, strings.TrimSpace(one+" "+strings.Join(issue.Expression, " ")))
	}
	return told
}

// refuses holds where a request is answered with a status and an OperationOutcome of these issues.
func refuses(ctx context.Context, d *Deployment, r request, status int, told ...string) error {
	got, read, err := d.fhir(ctx, r)
	if err != nil {
		return err
	}
	if got.status != status || read.ResourceType != "OperationOutcome" || !slices.Equal(read.told(), told) {
		return fmt.Errorf("answered %d %s %q, not %d OperationOutcome %q", got.status, read.ResourceType, read.told(), status, told)
	}
	return nil
}

// takes holds where a request is answered with a status, an event's id, its version and its reference.
func takes(ctx context.Context, d *Deployment, r request, status int, version string) (resource, error) {
	got, read, err := d.fhir(ctx, r)
	if err != nil {
		return resource{}, err
	}
	if got.status != status || read.ResourceType != "AdverseEvent" || read.Meta.VersionID != version {
		return resource{}, fmt.Errorf("answered %d %s version %q %q, not %d AdverseEvent version %q",
			got.status, read.ResourceType, read.Meta.VersionID, read.told(), status, version)
	}
	if read.ID == "" || read.reference() == "" {
		return resource{}, errors.New("the answer has no id, or no ReferenceNumber in its last extension")
	}
	if tag := got.header.Get("ETag"); tag != `W/"`+version+`"` {
		return resource{}, fmt.Errorf("the ETag is %s", tag)
	}
	return read, nil
}

// reference is the event's reference, which stands in the last extension.
func (r resource) reference() string {
	if len(r.Extension) == 0 {
		return ""
	}
	for _, inner := range r.Extension[len(r.Extension)-1].Extension {
		if inner.URL == "ReferenceNumber" {
			return inner.ValueString
		}
	}
	return ""
}

// warned are the warnings of an event that was taken.
func (r resource) warned() []string {
	for _, inner := range r.Contained {
		if inner.ResourceType == "OperationOutcome" {
			return inner.told()
		}
	}
	return nil
}

func (d *Deployment) create(body string) request {
	return request{method: http.MethodPost, path: eventsPath, key: d.key, body: body}
}

func (d *Deployment) update(id, version, body string) request {
	r := request{method: http.MethodPut, path: eventsPath + "/" + id, key: d.key, body: body}
	if version != "" {
		r.headers = map[string]string{"If-Match": `W/"` + version + `"`}
	}
	return r
}
