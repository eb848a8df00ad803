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

const graphPath = "/graphql"

// submitEvents sends events. It asks for nothing that was typed, so that no
// answer has a reason to repeat it.
const submitEvents = `mutation($events: [LocalEventInput!]!) { submitEvents(input: {events: $events}) {
	accepted refused results { localReference outcome event { id reference revision status source } userErrors { code path } } } }`

// Graph are the cases of the graph's submitEvents. Each records what it needs;
// the events say that they are of a test.
func Graph() []Case {
	return slices.Concat(graphKinds(), graphRefusals(), graphRetries(), graphUpdates(), graphKeys())
}

// Revoked are the cases of a key that was revoked.
func Revoked(key string) []Case {
	return []Case{{"graph: a revoked key is good for nothing", func(ctx context.Context, d *Deployment) error {
		return d.strange(ctx, key)
	}}, {"FHIR: a revoked key is good for nothing", func(ctx context.Context, d *Deployment) error {
		sent := d.create(text(d.event(incident, "sent with a revoked key")))
		sent.key = key
		return refuses(ctx, d, sent, http.StatusUnauthorized, "UNAUTHENTICATED")
	}}}
}

// graphAnswer is what the graph answers to submitEvents.
type graphAnswer struct {
	Data struct {
		SubmitEvents *struct {
			Accepted, Refused int
			Results           []submitted
		}
	}
	Errors []struct {
		Extensions struct{ Code string }
	}
}

// submitted is what became of one event.
type submitted struct {
	LocalReference string
	Outcome        string
	Event          *struct {
		ID, Reference, Status, Source string
		Revision                      int
	}
	UserErrors []struct {
		Code string
		Path []string
	}
}

// became is an outcome and what was wrong, as cases are written.
func (s submitted) became() string {
	said := s.Outcome
	for _, p := range s.UserErrors {
		said += " " + p.Code + " " + strings.Join(p.Path, ".")
	}
	return said
}

// graph sends events with a key, and reads the answer.
func (d *Deployment) graph(ctx context.Context, key string, events []object) (graphAnswer, error) {
	sent := request{method: http.MethodPost, path: graphPath, body: text(object{"query": submitEvents, "variables": object{"events": events}})}
	sent.headers = map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + key}
	got, err := d.send(ctx, sent)
	if err != nil {
		return graphAnswer{}, err
	}
	var read graphAnswer
	if err := json.Unmarshal([]byte(got.body), &read); err != nil {
		return graphAnswer{}, fmt.Errorf("status %d, and the answer is no JSON: %w", got.status, err)
	}
	if strings.Contains(got.body, marker) {
		return graphAnswer{}, errors.New("the answer repeats what was sent")
	}
	return read, nil
}

// submit sends events and answers what became of them, where there is one result
// for each in their order.
func (d *Deployment) submit(ctx context.Context, events ...object) ([]submitted, error) {
	read, err := d.graph(ctx, d.key, events)
	if err != nil {
		return nil, err
	}
	if len(read.Errors) > 0 || read.Data.SubmitEvents == nil {
		return nil, fmt.Errorf("it is refused as a whole: %v", read.Errors)
	}
	answer := *read.Data.SubmitEvents
	if len(answer.Results) != len(events) || answer.Accepted+answer.Refused != len(events) {
		return nil, fmt.Errorf("%d events have %d results, %d accepted and %d refused", len(events), len(answer.Results), answer.Accepted, answer.Refused)
	}
	for i, result := range answer.Results {
		if result.LocalReference != events[i]["localReference"] {
			return nil, errors.New("the results are not in the order of the events")
		}
	}
	return answer.Results, nil
}

// becomes holds where events have these outcomes, in their order.
func (d *Deployment) becomes(ctx context.Context, events []object, want ...string) ([]submitted, error) {
	results, err := d.submit(ctx, events...)
	if err != nil {
		return nil, err
	}
	for i, result := range results {
		if got := result.became(); got != want[i] {
			return nil, fmt.Errorf("event %d is %q, not %q", i, got, want[i])
		}
		taken := !strings.HasPrefix(want[i], "REFUSED")
		if taken && (result.Event == nil || result.Event.ID == "" || result.Event.Reference == "") {
			return nil, fmt.Errorf("event %d is %s and has no id and reference", i, result.Outcome)
		}
		if taken && result.Event.Source != "LRMS" {
			return nil, fmt.Errorf("event %d is said to come from %q", i, result.Event.Source)
		}
	}
	return results, nil
}

// strange holds where the graph does not know a key.
func (d *Deployment) strange(ctx context.Context, key string) error {
	read, err := d.graph(ctx, key, []object{d.local("strange", incidentInput())})
	if err != nil {
		return err
	}
	if read.Data.SubmitEvents != nil || len(read.Errors) != 1 || read.Errors[0].Extensions.Code != "UNAUTHENTICATED" {
		return fmt.Errorf("answered %v, not UNAUTHENTICATED", read.Errors)
	}
	return nil
}
