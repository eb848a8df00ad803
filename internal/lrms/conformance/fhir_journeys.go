package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// fhirRetries are the cases of what is sent again.
func fhirRetries() []Case {
	return []Case{{"FHIR: the same body again is the same event", func(ctx context.Context, d *Deployment) error {
		sent := d.create(text(d.event(incident, "sent twice")))
		return once(ctx, d, sent, sent)
	}}, {"FHIR: the same Idempotency-Key again is the same event", func(ctx context.Context, d *Deployment) error {
		sent := d.create(text(d.event(incident, "sent twice with a key")))
		sent.headers = map[string]string{"Idempotency-Key": "sent twice " + d.run}
		return once(ctx, d, sent, sent)
	}}, {"FHIR: other content under the same Idempotency-Key is refused", func(ctx context.Context, d *Deployment) error {
		sent := d.create(text(d.event(incident, "the first content")))
		sent.headers = map[string]string{"Idempotency-Key": "two contents " + d.run}
		if _, err := takes(ctx, d, sent, http.StatusCreated, "1"); err != nil {
			return err
		}
		sent.body = text(d.event(incident, "the second content"))
		return refuses(ctx, d, sent, http.StatusConflict, "CONFLICT")
	}}, {"FHIR: an event whose sender went away, sent again, is recorded once", func(ctx context.Context, d *Deployment) error {
		sent := d.create(text(d.event(incident, "sent and left")))
		gone, leave := context.WithCancel(ctx)
		leave()
		if _, err := d.send(gone, sent); err == nil {
			return errors.New("a sender that went away was answered")
		}
		return once(ctx, d, sent, sent)
	}}}
}

// once holds where two requests are answered with one event.
func once(ctx context.Context, d *Deployment, first, again request) error {
	one, err := takes(ctx, d, first, http.StatusCreated, "1")
	if err != nil {
		return err
	}
	other, err := takes(ctx, d, again, http.StatusCreated, "1")
	if err != nil {
		return err
	}
	if one.ID != other.ID || one.reference() != other.reference() {
		return errors.New("they are two events")
	}
	return nil
}

// fhirUpdates are the cases of updates.
func fhirUpdates() []Case {
	return []Case{{"FHIR: an update makes the next version, and sent again is answered the same", func(ctx context.Context, d *Deployment) error {
		taken, err := takes(ctx, d, d.create(text(d.event(incident, "before the update"))), http.StatusCreated, "1")
		if err != nil {
			return err
		}
		sent := d.update(taken.ID, "1", text(d.event(incident, "after the update")))
		for range 2 {
			if _, err := takes(ctx, d, sent, http.StatusOK, "2"); err != nil {
				return err
			}
		}
		sent.body = text(d.event(incident, "overtaken"))
		return refuses(ctx, d, sent, http.StatusPreconditionFailed, "STALE_REVISION AdverseEvent")
	}}, {"FHIR: meta.versionId says which version is updated", func(ctx context.Context, d *Deployment) error {
		taken, err := takes(ctx, d, d.create(text(d.event(incident, "a version in the resource"))), http.StatusCreated, "1")
		if err != nil {
			return err
		}
		body := d.event(incident, "the version of the resource")
		body["meta"].(object)["versionId"] = "1"
		if _, err := takes(ctx, d, d.update(taken.ID, "", text(body)), http.StatusOK, "2"); err != nil {
			return err
		}
		body["description"] = "Overtaken, " + marker + "."
		return refuses(ctx, d, d.update(taken.ID, "", text(body)), http.StatusConflict, "STALE_REVISION AdverseEvent")
	}}, {"FHIR: an update without a version is refused", func(ctx context.Context, d *Deployment) error {
		taken, err := takes(ctx, d, d.create(text(d.event(incident, "no version"))), http.StatusCreated, "1")
		if err != nil {
			return err
		}
		return refuses(ctx, d, d.update(taken.ID, "", text(d.event(incident, "of no version"))), http.StatusPreconditionFailed, "REQUIRED")
	}}, {"FHIR: an update of what is not there is refused", func(ctx context.Context, d *Deployment) error {
		return refuses(ctx, d, d.update("event_0123456789abcdef0123456789abcdef", "1", text(d.event(incident, "nowhere"))), http.StatusNotFound, "NOT_FOUND")
	}}}
}

// fhirGovernance are the cases of what admins decided.
func fhirGovernance() []Case {
	return []Case{{"FHIR: what admins decided is taken", func(ctx context.Context, d *Deployment) error {
		decided := extension("adverse-event-governance", said("NeverEvent", "valueBoolean", true), said("NeverEventType", "valueCode", "1"))
		taken, err := takes(ctx, d, d.create(text(d.event(incident, "decided", decided))), http.StatusCreated, "1")
		if err == nil && taken.warned() != nil {
			err = fmt.Errorf("it is warned of %q", taken.warned())
		}
		return err
	}}, {"FHIR: a never event of no type is warned of", func(ctx context.Context, d *Deployment) error {
		decided := extension("adverse-event-governance", said("NeverEvent", "valueBoolean", true))
		taken, err := takes(ctx, d, d.create(text(d.event(incident, "of no type", decided))), http.StatusCreated, "1")
		if err == nil && !slices.Equal(taken.warned(), []string{"REQUIRED AdverseEvent.extension[1].extension[0].valueBoolean"}) {
			err = fmt.Errorf("the warnings are %q", taken.warned())
		}
		return err
	}}}
}
