package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/organisation"
)

// Whom the matrix needs beside the readers of the other tests.
const (
	abolished = "admin abolished ICB"
	until     = "admin until yesterday"
	once      = "admin once"
	somebody  = "somebody" // who records where no reader works
)

// appointed are the grants of the readers that only the matrix has.
var appointed = map[string]account.NewGrant{
	"admin of a site":       {Role: authz.Admin, Area: authz.Area{Type: authz.AreaOrganisation, Code: "RGT01"}},
	"organisational ICB":    {Role: authz.Organisational, Area: authz.Area{Type: authz.AreaICB, Code: "QUE"}},
	"admin ICB":             {Role: authz.Admin, Area: authz.Area{Type: authz.AreaICB, Code: "QUE"}},
	"organisational region": {Role: authz.Organisational, Area: authz.Area{Type: authz.AreaRegion, Code: "Y61"}},
	"admin region":          {Role: authz.Admin, Area: authz.Area{Type: authz.AreaRegion, Code: "Y61"}},
	"read-only trust":       {Role: authz.ReadOnly, Area: authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}},
	"admin same ICB":        {Role: authz.Admin, Area: authz.Area{Type: authz.AreaOrganisation, Code: "RGM"}},
	until:                   {Role: authz.Admin, Area: authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}},
	once:                    {Role: authz.Admin, Area: authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}},
	abolished:               {Role: authz.Admin, Area: authz.Area{Type: authz.AreaICB, Code: "QWO"}},
	"admin successor ICB":   {Role: authz.Admin, Area: authz.Area{Type: authz.AreaICB, Code: "QF7"}},
}

// world is the service with everything that the matrix names.
type world struct {
	*service
	ids        map[string]string         // by kind and relation, for example "event shared"
	references map[string]string         // of events, by relation
	own        map[string]string         // the event that a reader recorded at RA7
	seen       map[string]map[string]any // an event as a reader sees it, by both
	never      map[string]string         // what is answered of what never was
}

func newWorld(t *testing.T, readers []string) *world {
	w := &world{
		service: newService(t), ids: map[string]string{}, references: map[string]string{}, own: map[string]string{},
		seen: map[string]map[string]any{}, never: map[string]string{},
	}
	for reader, grant := range appointed {
		w.readerOf(reader, grant.Role, grant.Area)
	}
	w.readerOf(somebody, authz.ReadOnly, authz.Area{Type: authz.AreaOrganisation, Code: "RA7"})
	w.exec("INSERT INTO account_organisation SELECT id, 'RA7' FROM account")
	for _, code := range []string{"RGT01", "RR8", "RGM"} {
		w.exec("INSERT INTO account_organisation VALUES (?, ?)", w.accountOf(somebody), code)
	}
	w.exec("UPDATE access_grant SET granted_at = now() - interval '9 days', valid_until = now() - interval '1 day' WHERE account_id = ?", w.accountOf(until))
	w.exec("UPDATE access_grant SET revoked_at = now() WHERE account_id = ?", w.accountOf(once))
	w.exec("UPDATE account SET grant_version = grant_version + 1")
	merger := organisation.Merger{From: "QWO", Into: "QF7", On: organisation.DayOf(time.Now())}
	if err := w.geography.Merge(t.Context(), merger); err != nil {
		t.Fatal(err)
	}
	for code, kind := range granted {
		w.ids["account who holds a grant on "+code] = graphID("account", w.readerOf("holder on "+code, authz.ReadOnly, authz.Area{Type: kind, Code: code}))
		w.grantAnew(code)
	}
	w.grantAnew("own")
	w.exec("UPDATE account SET job_role = 'Midwife'")
	w.issued()
	w.happenings()
	w.governed()
	w.asked()
	for _, reader := range readers {
		if reader != nobody && !systems[reader] { // which records for its organisation only
			w.own[reader], _ = w.record(reader, happening("RA7"))
		}
	}
	return w
}

const (
	saidToHappen = "Mrs Edith Pemberton died."
	doneAtOnce   = "Mr Arthur Quillfeather was told."
	toReach      = "ext 2231"
)

// happening is an event with something of every class of fields.
func happening(reported string, occurred ...string) map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "occurredOn": "2026-10-02", "description": saidToHappen, "serviceArea": []string{"MATERNITY"},
		"organisation": reported, "occurredAtOrganisations": occurred, "safetyChallenges": []string{"FALL"}, "reporterContact": toReach,
		"incident": map[string]any{"immediateActions": doneAtOnce},
		"patients": []any{map[string]any{"age": map[string]any{"value": 31, "unit": "YEARS"}, "physicalHarm": "FATAL", "strengthOfAssociation": "5"}},
	}
}

// unfinished is an event that cannot be submitted yet.
func unfinished(input map[string]any) map[string]any {
	input["specialty"] = "no such"
	return input
}

// happenings records the events of the matrix.
func (w *world) happenings() {
	keep := func(of string) func(id, reference string) {
		return func(id, reference string) { w.ids["event "+of], w.references[of] = id, reference }
	}
	keep("reported")(w.record(reporter, happening("RGT", "RGT01")))
	keep("reported by a site")(w.record(somebody, happening("RGT01")))
	keep("occurred")(w.record(somebody, happening("RR8", "RGT")))
	keep("occurred at a site")(w.record(somebody, happening("RR8", "RGT01")))
	keep("shared")(w.record(reporter, happening("RGT", "RR8")))
	keep("same ICB")(w.record(somebody, happening("RGM")))
	keep("other region")(w.record(somebody, happening("RR8")))
	keep("withdrawn")(w.record(reporter, happening("RGT", "RGT01")))
	keep("withdrawn, occurred")(w.record(somebody, happening("RR8", "RGT")))
	keep("anonymous")(w.anonymously(happening("RGT")))
	keep("anonymous, occurred")(w.anonymously(happening("", "RGT")))
	keep("draft")(w.draft(reporter, unfinished(happening("RGT", "RR8"))))
	keep("admin's draft")(w.draft(admin, unfinished(happening("RGT", "RR8"))))
	w.own[system], w.own[otherSystem] = w.sent("sent", system, happening("RGT", "RR8")), w.sent("sent elsewhere", otherSystem, happening("RR8"))
	w.ok(w.update(reporter, w.ids["event reported"], 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
	w.ok(w.update(organisational, w.ids["event shared"], 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
	w.ok(w.withdrawn(reporter, w.ids["event withdrawn"], 1, saidToHappen), "withdrawEvent")
	w.ok(w.withdrawn(somebody, w.ids["event withdrawn, occurred"], 1, saidToHappen), "withdrawEvent")
}

// anonymously records an event without a token and answers what names it.
func (w *world) anonymously(input map[string]any) (id, reference string) {
	w.t.Helper()
	delete(input, "reporterContact")
	if input["organisation"] == "" {
		delete(input, "organisation")
	}
	answer := w.ask(nobody, `mutation($e: EventInput!) { recordEventAnonymously(input: {event: $e, reasons: ["1"]}) { receipt { reference } userErrors { code path } } }`, map[string]any{"e": input})
	reference = dig[string](w.t, answer, "data", "recordEventAnonymously", "receipt", "reference")
	found := w.ask(admin, `query($r: String!) { event(reference: $r) { id } }`, map[string]any{"r": reference})
	return dig[string](w.t, found, "data", "event", "id"), reference
}

// governed has both organisations of the shared event do everything about it, and
// one of them about what its system sent.
func (w *world) governed() {
	for of, by := range map[string]struct{ event, reviewer, investigator string }{
		"by the reporter's organisation": {"shared", organisational, admin},
		"by where it occurred":           {"shared", adminElsewhere, adminElsewhere},
		"of what was sent":               {"sent", organisational, admin},
	} {
		id := w.ids["event "+by.event]
		w.ids["review "+of] = w.review(by.reviewer, id)
		w.ok(w.complete(by.reviewer, w.ids["review "+of], saidToHappen), "completeReview")
		w.ids["investigation "+of] = w.investigation(by.investigator, id, "PSII")
		w.govern(by.investigator, closeInvestigation, map[string]any{"id": w.ids["investigation "+of], "findings": saidToHappen, "learning": saidToHappen})
	}
	for _, of := range []string{"shared", "sent"} {
		id := w.ids["event "+of]
		w.govern(admin, declareNeverEvent, map[string]any{"id": id, "type": "14"})
		w.govern(admin, recordDutyOfCandour, map[string]any{"id": id, "person": "2026-10-03", "written": "2026-10-05", "apology": true, "notes": saidToHappen})
		w.govern(admin, respondToRequirement, map[string]any{"id": id, "code": "MNSI_REFERRAL", "reference": "MNSI-2026-00412", "notes": saidToHappen})
	}
}

// granted are the areas on which somebody holds a grant.
var granted = map[string]authz.AreaType{
	"RGT": authz.AreaOrganisation, "RGT01": authz.AreaOrganisation, "RR8": authz.AreaOrganisation, "QUE": authz.AreaICB, "Y61": authz.AreaRegion,
}

// grantAnew makes a grant on an area in place of the one before, or one of the
// organisational reader's own.
func (w *world) grantAnew(of string) {
	w.t.Helper()
	holder, area := "holder on "+of, authz.Area{Type: granted[of], Code: of}
	if of == "own" {
		holder, area = organisational, authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}
	}
	id := uuid.New()
	w.exec("DELETE FROM access_grant WHERE account_id = ? AND role = 'READ_ONLY'", w.accountOf(holder))
	w.exec(`INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at) VALUES (?, ?, 'READ_ONLY', ?, ?, now() - interval '1 hour')`,
		id, w.accountOf(holder), area.Type, area.Code)
	w.ids["grant "+of] = graphID("grant", id)
}

// asked makes the requests of the matrix, and a registration that waits.
func (w *world) asked() {
	w.ids["account the reporter's"] = graphID("account", w.accountOf(reporter))
	for of, asking := range map[string]struct{ reader, role, area string }{
		"for the trust":         {somebody, "ORGANISATIONAL", "RGT"},
		"for another trust":     {somebody, "ORGANISATIONAL", "RR8"},
		"where nobody is admin": {somebody, "ORGANISATIONAL", "RA7"},
		"of a colleague's":      {colleague, "ADMIN", "RGT"},
		"of an admin's":         {admin, "ORGANISATIONAL", "RGT"},
		"of a lead's":           {lead, "ORGANISATIONAL", "RA7"},
	} {
		w.ids["request "+of] = w.asks(asking.reader, asking.role, asking.area)
	}
	w.ids["registration at the trust"] = w.waitingAccount()
	w.ids["notification of the admin's elsewhere"] = w.list(adminElsewhere)[0].id
}

func graphID(kind string, id uuid.UUID) string { return fmt.Sprintf("%s_%x", kind, id[:]) }

// nothing is an id of a kind that never was.
func nothing(kind string) string {
	prefix := map[string]string{"request": "accessrequest", "registration": "account"}[kind]
	if prefix == "" {
		prefix = kind
	}
	return strings.ReplaceAll(prefix, " ", "") + "_0123456789abcdef0123456789abcdef"
}
