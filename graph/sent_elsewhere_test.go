package graph_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"lfpse/internal/mailer/mailertest"
)

// ways are the ways of sending that Mrs Pemberton, aged 82, fell at some
// organisations, under a key of the system's; with a revision, of saying so now.
// Everything is sent twice, and each answers the event's id.
func (s *service) ways() map[string]func(key string, revision int, places ...string) (id string) {
	byFHIR := map[string]string{}
	return map[string]func(key string, revision int, places ...string) (id string){
		"submitEvents": func(key string, revision int, places ...string) string {
			event := map[string]any{
				"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "occurredAtOrganisations": places, "reporterContact": toReach,
				"patients": []any{map[string]any{"age": map[string]any{"value": 82, "unit": "YEARS"}, "physicalHarm": "LOW"}},
			}
			var ids []string
			for range 2 {
				ids = append(ids, s.submits(trustSystem, map[string]any{"localReference": key, "event": event})[0].id)
			}
			return s.theSame(ids)
		},
		"FHIR": func(key string, revision int, places ...string) string {
			method, at, headers := http.MethodPost, eventsAt, []string{"Idempotency-Key", key}
			if revision > 0 {
				method, at, headers = http.MethodPut, eventsAt+"/"+byFHIR[key], []string{"If-Match", fmt.Sprintf(`W/"%d"`, revision)}
			}
			var ids []string
			for range 2 {
				ids = append(ids, dig[string](s.t, s.send(method, at, trustSystem, fellByFHIR(places), headers...).resource, "id"))
			}
			byFHIR[key] = s.theSame(ids)
			return ids[0]
		},
	}
}

// theSame is the id that all of some are.
func (s *service) theSame(ids []string) string {
	s.t.Helper()
	if len(slices.Compact(ids)) != 1 {
		s.t.Fatalf("sent again it is another event: %v", ids)
	}
	return ids[0]
}

// fellByFHIR is a fall at some organisations, told by somebody who can be reached.
func fellByFHIR(places []string) map[string]any {
	body := aFallByFHIR()
	var where []any
	for _, code := range places {
		where = append(where, inner("Organisation", "valueCode", code))
	}
	contained := body["contained"].([]any)
	contained[1].(map[string]any)["extension"] = []any{extension("location-details", where...)}
	body["contained"] = append(contained, map[string]any{"resourceType": "Practitioner", "id": "practitioner1", "extension": []any{
		extension("practitioner-details", inner("ReporterContact", "valueString", toReach)),
	}})
	body["recorder"] = map[string]any{"reference": "#practitioner1"}
	return body
}

const asSent = `query($id: ID!) { event(id: $id) { source description reporterContact organisation { odsCode } occurredAtOrganisations { odsCode }
	reporter { id } revisions { by { id } } physicalHarm patients { age { value } ageBracket { code } } reviews { status reviewer { id } notes } } }`

// shows is how a reader sees an event that a system sent, and what was done about
// it: the text, the contact details, the age, the review. Empty where it does not exist.
func (s *service) shows(reader, id string) string {
	s.t.Helper()
	event, ok := at(s.ask(reader, asSent, map[string]any{"id": id}), "data", "event").(map[string]any)
	if !ok {
		return ""
	}
	if event["source"] != "LRMS" || at(event, "organisation", "odsCode") != "RGT" || event["physicalHarm"] != "LOW" || at(first(event["occurredAtOrganisations"]), "odsCode") != "RR8" {
		s.t.Errorf("%s reads %v", reader, event)
	}
	if event["reporter"] != nil || first(event["revisions"])["by"] != nil {
		s.t.Errorf("%s reads of a person who sent it: %v", reader, event)
	}
	patient, review := first(event["patients"]), first(event["reviews"])
	age := "bracket"
	if at(patient, "age", "value") == 82.0 {
		age = "age"
	}
	if at(patient, "ageBracket", "code") == nil {
		s.t.Errorf("%s reads of no bracket of age: %v", reader, patient)
	}
	contact := "no contact"
	if event["reporterContact"] == toReach {
		contact = "contact"
	}
	reviewed := "reviewed"
	if review["reviewer"] != nil {
		reviewed = "reviewed by somebody"
	}
	return strings.Join([]string{event["description"].(string), contact, age, reviewed}, ", ")
}

// What a system sends of another organisation reaches both, whichever way it was
// sent: everybody reads of it what the permission matrix says.
func TestWhatASystemSendsOfAnotherOrganisationIsReadByBoth(t *testing.T) {
	t.Parallel()
	s := newServiceWithSystems(t)
	for way, send := range s.ways() {
		t.Run(way, func(t *testing.T) {
			s.t = t
			id := send(way, 0, "RR8")
			s.ok(s.complete(organisational, s.review(organisational, id), "Mr Arthur Quillfeather was told."), "completeReview")
			for reader, want := range map[string]string{
				trustSystem:    "Mrs Edith Pemberton fell., contact, age, reviewed",
				organisational: "Mrs [NAME 1] fell., no contact, age, reviewed by somebody",
				admin:          "Mrs [NAME 1] fell., no contact, age, reviewed by somebody",
				elsewhere:      "Mrs [NAME 1] fell., no contact, age, reviewed",
				adminElsewhere: "Mrs [NAME 1] fell., no contact, age, reviewed",
				readOnlyICB:    "Mrs [NAME 1] fell., no contact, bracket, reviewed",
				readOnlyRegion: "Mrs [NAME 1] fell., no contact, bracket, reviewed",
				lead:           "Mrs [NAME 1] fell., no contact, bracket, reviewed by somebody",
				reporter:       "", colleague: "", nobody: "", otherSystem: "",
			} {
				if got := s.shows(reader, id); got != want {
					t.Errorf("%s reads %q, want %q", reader, got, want)
				}
			}
		})
	}
}

// The admins of where it occurred are told by mail, once, and national leads where
// there are none; what is brought there later is told then. No mail says more
// than a reference.
func TestAdminsElsewhereAreMailedOfWhatASystemSends(t *testing.T) {
	t.Parallel()
	s := newServiceWithSystems(t)
	post := s.post()
	for way, send := range s.ways() {
		theirs, unlooked, own, later := send(way+" theirs", 0, "RR8"), send(way+" unlooked", 0, "RGM"), send(way+" own", 0, "RGT01"), send(way+" later", 0, "RGT")
		s.expectMail(post, way, map[string]string{theirs: adminElsewhere, unlooked: lead, own: "", later: ""})
		if again := send(way+" later", 1, "RGT", "RR8"); again != later {
			t.Fatalf("%s: it is another event", way)
		}
		s.expectMail(post, way+", changed", map[string]string{theirs: adminElsewhere, unlooked: lead, own: "", later: adminElsewhere})
	}
}

// expectMail has everything mailed that waits for it, and looks for whom each event
// was told: once, and nobody else.
func (s *service) expectMail(post *mailertest.Server, way string, want map[string]string) {
	s.t.Helper()
	if err := s.outbox.MailListed(s.t.Context(), time.Now().Add(2*time.Minute)); err != nil {
		s.t.Fatal(err)
	}
	s.delivered()
	addresses := map[string]string{"admin.elsewhere@staff.example": adminElsewhere, "national.lead@staff.example": lead}
	for id, reader := range want {
		reference := dig[string](s.t, s.ask(trustSystem, `query($id: ID!) { event(id: $id) { reference } }`, map[string]any{"id": id}), "data", "event", "reference")
		var told []string
		for _, mail := range post.Mails() {
			if strings.Contains(mail.Text, "Pemberton") || strings.Contains(mail.Text, "fell") {
				s.t.Errorf("%s: a mail says %s", way, mail.Text)
			}
			for range strings.Count(mail.Text, reference) {
				told = append(told, addresses[mail.To])
			}
		}
		if got := strings.Join(told, ", "); got != reader {
			s.t.Errorf("%s: told by mail are %q, want %q", way, got, reader)
		}
	}
}

// delivered waits until no mail waits to be delivered.
func (s *service) delivered() {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		var waiting int
		if err := s.db.NewRaw("SELECT count(*) FROM river_job WHERE finalized_at IS NULL AND args->>'about' IS NOT NULL").Scan(s.t.Context(), &waiting); err != nil {
			s.t.Fatal(err)
		}
		if waiting == 0 {
			return
		}
	}
	s.t.Fatal("mails still wait")
}
