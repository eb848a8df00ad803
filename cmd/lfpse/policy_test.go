package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/event"
)

func TestExplainingWhatPolicyRequires(t *testing.T) {
	url, data := dbtest.FreshURL(t), keysIn(t)
	do := func(command ...string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), append(command, "--database-url", url, "--data", data), nil, environment{in: strings.NewReader(""), out: &out, errors: io.Discard})
		return out.String(), err
	}
	if _, err := do("seed", "--events", "30"); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var chosen struct{ ID, Reference, Description string }
	const choose = `UPDATE event SET kind = 'INCIDENT', details = '{}', safety_challenges = '{SCREENING}', occurred_at_organisations = '{}', organisation = (SELECT ods_code FROM organisation WHERE type = 'NHS_TRUST' LIMIT 1)
		WHERE id = (SELECT id FROM event WHERE status = 'SUBMITTED' AND texts->>'description' IS NOT NULL AND recorded_at > '2015-01-01' ORDER BY id LIMIT 1) RETURNING id, reference, texts->>'description' AS description`
	if err := d.NewRaw(choose).Scan(t.Context(), &chosen); err != nil {
		t.Fatal(err)
	}
	const harm = `DELETE FROM event_patient WHERE event_id = ?0; INSERT INTO event_patient (event_id, sequence, physical_harm) VALUES (?0, 1, 'SEVERE')`
	if _, err := d.NewRaw(harm, chosen.ID).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	const declare = `INSERT INTO governance_answer (id, event_id, kind, about, organisation, made_by, made_at, content)
		SELECT gen_random_uuid(), e.id, 'NEVER_EVENT', '', e.organisation, (SELECT id FROM account LIMIT 1), now(), '{"type": "1"}' FROM event AS e WHERE e.id = ?`
	if _, err := d.NewRaw(declare, chosen.ID).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	out, err := do("policy", "explain", chosen.Reference, "--at", "2026-11-27")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"NEVER_EVENT_REVIEW: ", "SCREENING_QA: ", "DUTY_OF_CANDOUR: ", "duty_of_candour/health_service_body_harm applies", "provider=NHS_TRUST",
		"due      2026-12-11 (CONTRACT", "patient 1: physical_harm=SEVERE", "regulation 20(8)(b)",
		"duty_of_candour/other_provider_harm: the provider is registered with the Care Quality Commission and no health service body\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if chosen.Description == "" || strings.Contains(out, chosen.Description) {
		t.Error("it repeats what somebody typed")
	}
	unknown, err := event.NewReference()
	if err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]string{
		unknown:                               "no such event",
		"x":                                   "not a reference",
		chosen.Reference + " --at 27/11/2026": "--at takes a day",
	} {
		if _, err := do(append([]string{"policy", "explain"}, strings.Fields(args)...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("explaining ends with %v, want %q", err, want)
		}
	}
}
