package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// local is an event as a system has it, under a reference of this run.
func (d *Deployment) local(reference string, input object) object {
	input["description"] = fmt.Sprintf("A conformance test of the graph (%s, %s %s): nothing happened.", reference, marker, d.run)
	return object{"localReference": reference + " " + d.run, "event": input}
}

func incidentInput() object {
	return object{"kind": "INCIDENT", "occurredOn": "2026-01", "patients": []any{object{"physicalHarm": "LOW"}}}
}

// graphKinds are the cases of what is taken.
func graphKinds() []Case {
	var cases []Case
	for name, input := range map[string]func() object{
		"an incident": incidentInput,
		"an outcome": func() object {
			return object{"kind": "OUTCOME", "occurredOn": "2026-01", "patients": []any{object{"physicalHarm": "LOW"}}}
		},
		"a risk":    func() object { return object{"kind": "RISK", "risk": object{"imminent": "NO"}} },
		"good care": func() object { return object{"kind": "GOOD_CARE", "goodCare": object{"howToRepeat": "A test."}} },
	} {
		cases = append(cases, Case{"graph: " + name + " is recorded", func(ctx context.Context, d *Deployment) error {
			_, err := d.becomes(ctx, []object{d.local(name, input())}, "CREATED")
			return err
		}})
	}
	slices.SortFunc(cases, func(a, b Case) int { return strings.Compare(a.Name, b.Name) })
	return cases
}

// graphRefusals are the cases of what is refused, each event by itself.
func graphRefusals() []Case {
	var cases []Case
	for name, c := range map[string]struct {
		spoil func(event object)
		told  string
	}{
		"without a description":          {func(e object) { e["event"].(object)["description"] = " " }, "REQUIRED events.0.event.description"},
		"with too long a description":    {func(e object) { e["event"].(object)["description"] = strings.Repeat("é", 20_001) }, "TOO_LONG events.0.event.description"},
		"that occurs after today":        {func(e object) { e["event"].(object)["occurredOn"] = "2999-01-01" }, "IN_FUTURE events.0.event.occurredOn"},
		"of an unknown specialty":        {func(e object) { e["event"].(object)["specialty"] = "none such" }, "UNKNOWN_CODE events.0.event.specialty"},
		"of an unknown organisation":     {func(e object) { e["event"].(object)["organisation"] = "ZZZ99" }, "UNKNOWN_CODE events.0.event.organisation"},
		"with answers of another kind":   {func(e object) { e["event"].(object)["risk"] = object{"imminent": "NO"} }, "NOT_APPLICABLE events.0.event.risk"},
		"without a reference":            {func(e object) { e["localReference"] = " " }, "REQUIRED events.0.localReference"},
		"with too long a reference":      {func(e object) { e["localReference"] = strings.Repeat("W", 201) }, "TOO_LONG events.0.localReference"},
		"that is new and has a revision": {func(e object) { e["revision"] = 1 }, "NOT_APPLICABLE events.0.revision"},
		"that occurred where nothing is": {func(e object) { e["event"].(object)["occurredAtOrganisations"] = []any{"ZZZ99"} }, "UNKNOWN_CODE events.0.event.occurredAtOrganisations.0"},
		"of a patient of an impossible age": {func(e object) {
			e["event"].(object)["patients"] = []any{object{"age": object{"value": -1, "unit": "YEARS"}}}
		}, "INVALID events.0.event.patients.0.age.value"},
		"with an answer to no question at all": {func(e object) {
			e["event"].(object)["answers"] = []any{object{"element": "No.Such", "codes": []any{"1"}}}
		}, "UNKNOWN_CODE events.0.event.answers.0.element"},
	} {
		cases = append(cases, Case{"graph: an event " + name + " is refused", func(ctx context.Context, d *Deployment) error {
			event := d.local("refused "+name, incidentInput())
			c.spoil(event)
			_, err := d.becomes(ctx, []object{event}, "REFUSED "+c.told)
			return err
		}})
	}
	slices.SortFunc(cases, func(a, b Case) int { return strings.Compare(a.Name, b.Name) })
	return append(cases, Case{"graph: an event that is refused keeps no other out", func(ctx context.Context, d *Deployment) error {
		broken := d.local("broken", incidentInput())
		broken["event"].(object)["specialty"] = "none such"
		_, err := d.becomes(ctx, []object{d.local("before", incidentInput()), broken, d.local("after", incidentInput())},
			"CREATED", "REFUSED UNKNOWN_CODE events.1.event.specialty", "CREATED")
		return err
	}}, Case{"graph: a batch of more than a thousand is refused as a whole", func(ctx context.Context, d *Deployment) error {
		events := make([]object, 1001)
		for i := range events {
			events[i] = d.local(fmt.Sprint("too many ", i), object{"kind": "INCIDENT"})
		}
		read, err := d.graph(ctx, d.key, events)
		if err != nil {
			return err
		}
		if read.Data.SubmitEvents != nil || len(read.Errors) != 1 || read.Errors[0].Extensions.Code != "BAD_USER_INPUT" {
			return fmt.Errorf("answered %v, not BAD_USER_INPUT", read.Errors)
		}
		return nil
	}})
}

// graphRetries are the cases of what is sent again.
func graphRetries() []Case {
	return []Case{{"graph: the same again is the same event", func(ctx context.Context, d *Deployment) error {
		return d.same(ctx, "sent twice", "CREATED", "UNCHANGED")
	}}, {"graph: the same reference twice in a batch is one event", func(ctx context.Context, d *Deployment) error {
		results, err := d.becomes(ctx, []object{d.local("doubled", incidentInput()), d.local("doubled", incidentInput())}, "CREATED", "UNCHANGED")
		if err == nil && results[0].Event.ID != results[1].Event.ID {
			err = errors.New("they are two events")
		}
		return err
	}}, {"graph: a batch whose sender went away, sent again, is each event once", func(ctx context.Context, d *Deployment) error {
		events := make([]object, 20)
		for i := range events {
			events[i] = d.local(fmt.Sprint("left ", i), incidentInput())
		}
		gone, leave := context.WithCancel(ctx)
		leave()
		if _, err := d.submit(gone, events...); err == nil {
			return errors.New("a sender that went away was answered")
		}
		return d.onceEach(ctx, events)
	}}}
}

// same holds where an event that is sent twice becomes first one and then the other.
func (d *Deployment) same(ctx context.Context, reference string, want ...string) error {
	id := ""
	for _, outcome := range want {
		results, err := d.becomes(ctx, []object{d.local(reference, incidentInput())}, outcome)
		if err != nil {
			return err
		}
		if id != "" && results[0].Event.ID != id {
			return errors.New("they are two events")
		}
		id = results[0].Event.ID
	}
	return nil
}

// onceEach holds where events that may have been taken or not are taken, each
// once, when they are sent twice more.
func (d *Deployment) onceEach(ctx context.Context, events []object) error {
	first, err := d.submit(ctx, events...)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, result := range first {
		if result.Event == nil || result.Outcome != "CREATED" && result.Outcome != "UNCHANGED" || seen[result.Event.ID] {
			return fmt.Errorf("event %d is %s, or the same as another", i, result.became())
		}
		seen[result.Event.ID] = true
	}
	again, err := d.becomes(ctx, events, slices.Repeat([]string{"UNCHANGED"}, len(events))...)
	if err != nil {
		return err
	}
	for i, result := range again {
		if !seen[result.Event.ID] || result.Event.ID != first[i].Event.ID {
			return fmt.Errorf("event %d is another event when it is sent again", i)
		}
	}
	return nil
}

// graphUpdates are the cases of what was sent before and says something else.
func graphUpdates() []Case {
	changed := func(d *Deployment, reference, specialty string) object {
		event := d.local(reference, incidentInput())
		event["event"].(object)["levelOfConcern"] = specialty
		return event
	}
	return []Case{{"graph: what changed is the next revision of the same event", func(ctx context.Context, d *Deployment) error {
		first, err := d.becomes(ctx, []object{d.local("changed", incidentInput())}, "CREATED")
		if err != nil {
			return err
		}
		for _, outcome := range []string{"UPDATED", "UNCHANGED"} {
			next, err := d.becomes(ctx, []object{changed(d, "changed", "VERY")}, outcome)
			if err != nil {
				return err
			}
			if next[0].Event.ID != first[0].Event.ID || next[0].Event.Revision != 2 {
				return fmt.Errorf("it is revision %d, or another event", next[0].Event.Revision)
			}
		}
		return nil
	}}, {"graph: a revision that is not the event's is in conflict, and the event's writes over it", func(ctx context.Context, d *Deployment) error {
		if _, err := d.becomes(ctx, []object{d.local("contended", incidentInput())}, "CREATED"); err != nil {
			return err
		}
		stale := changed(d, "contended", "VERY")
		stale["revision"] = 9
		if _, err := d.becomes(ctx, []object{stale}, "CONFLICT STALE_REVISION events.0.revision"); err != nil {
			return err
		}
		stale["revision"] = 1
		_, err := d.becomes(ctx, []object{stale}, "UPDATED")
		return err
	}}}
}

// graphKeys are the cases of keys.
func graphKeys() []Case {
	return []Case{{"graph: an unknown key is good for nothing", func(ctx context.Context, d *Deployment) error {
		return d.strange(ctx, "lfpse_"+strings.Repeat("0", 50))
	}}, {"graph: a key with a letter changed is good for nothing", func(ctx context.Context, d *Deployment) error {
		return d.strange(ctx, changedKey(d.key))
	}}}
}

// changedKey is a key with another last letter.
func changedKey(key string) string {
	if strings.HasSuffix(key, "x") {
		return strings.TrimSuffix(key, "x") + "y"
	}
	return key[:max(len(key)-1, 0)] + "x"
}
