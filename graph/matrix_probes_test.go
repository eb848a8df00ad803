package graph_test

import (
	"fmt"
	"strings"
)

// probes find out what comes of a row of the matrix for a reader.
var probes = map[string]func(w *world, of, reader string) string{
	"event": func(w *world, of, reader string) string { return yes(w.event(of, reader) != nil) },

	"structured answers": ofEvent(structured),
	"free text":          ofEvent(freeText),
	"who submitted":      ofEvent(func(w *world, e map[string]any, reader string) string { return w.who(e["reporter"], reader) }),
	"who updated": ofEvent(func(w *world, e map[string]any, reader string) string {
		return w.who(first(e["revisions"])["by"], reader)
	}),
	"when submitted and updated": ofEvent(func(_ *world, e map[string]any, _ string) string {
		return shown("yes", e["recordedAt"], e["updatedAt"])
	}),
	"reporter's contact details": ofEvent(func(_ *world, e map[string]any, _ string) string { return words(e["reporterContact"]) }),
	"exact age":                  ofEvent(age),
	"why it was withdrawn":       ofEvent(func(_ *world, e map[string]any, _ string) string { return words(at(e, "withdrawal", "reason")) }),
	"found by a typed name":      foundByName,

	"review":             ofGovernance("reviews", []string{"status", "startedAt", "completedAt"}, []string{"reviewer", "outcome"}, "notes"),
	"investigation":      ofGovernance("investigations", []string{"status", "openedAt", "targetDate", "closedAt"}, []string{"lead"}, "findings", "learning"),
	"duty of candour":    ofGovernance("dutyOfCandour", []string{"applies", "notifiedInPersonOn", "writtenNotificationOn"}, nil, "notes"),
	"response to policy": ofGovernance("requirements", []string{"title", "state"}, []string{"by", "reference"}, "notes"),
	"never event":        neverEvent,

	"record an event":             doing("", `recordEvent(input: {event: {kind: INCIDENT, organisation: "RA7"}})`),
	"record an event anonymously": doing("", `recordEventAnonymously(input: {event: {kind: INCIDENT, organisation: "RA7"}})`),
	"save a draft":                doing("", `saveDraft(input: {event: {kind: INCIDENT, reporterContact: "\u0000"}})`),
	"change a draft":              doing("event", `saveDraft(input: {id: "ID", updatedAt: "2020-01-01T00:00:00Z", event: {kind: RISK}})`),
	"submit a draft":              doing("event", `submitDraft(input: {id: "ID"})`),
	"delete a draft":              doing("event", `deleteDraft(input: {id: "ID"})`),
	"list drafts":                 listing("event", `{ viewer { drafts(first: 100) { nodes { id } } } }`),

	"update an event":          doing("event", `updateEvent(input: {id: "ID", revision: 99, event: {description: "Known?"}})`),
	"withdraw an event":        doing("event", `withdrawEvent(input: {id: "ID", revision: 99, reason: "A mistake."})`),
	"mark further words":       doing("event", `redactFurther(input: {eventId: "ID", revision: 99, field: "description", text: "died"})`),
	"start a review":           doing("event", `startReview(input: {eventId: "ID"})`),
	"complete a review":        doing("review", `completeReview(input: {reviewId: "ID", outcome: LOCAL_LEARNING})`),
	"declare a never event":    doing("event", `declareNeverEvent(input: {eventId: "ID", type: "no such type"})`),
	"open an investigation":    doing("event", `openInvestigation(input: {eventId: "ID", method: PSII, lead: "NONE0"})`),
	"close an investigation":   doing("investigation", `closeInvestigation(input: {investigationId: "ID", findings: "Known.", learning: "Known."})`),
	"record duty of candour":   doing("event", `recordDutyOfCandour(input: {eventId: "ID", apologyGiven: true, notifiedInPersonOn: "2999-01-31"})`),
	"respond to a requirement": doing("event", `respondToRequirement(input: {eventId: "ID", code: NHSBT})`),

	"download CSV": doing("", `createEventExport(input: {columns: []})`),

	"list members":            members,
	"revoke a grant":          revoking,
	"request access":          doing("", `requestAccess(input: {role: ADMIN, area: "RA7", reason: ""})`),
	"cancel a request":        doing("request", `cancelAccessRequest(input: {id: "ID"})`),
	"approve a request":       doing("request", `approveAccessRequest(input: {id: "ID", until: "2020-01-31"})`),
	"reject a request":        doing("request", `rejectAccessRequest(input: {id: "ID"})`),
	"list requests to decide": listing("request", `{ accessRequests(first: 100) { nodes { id } } }`),
	"add an organisation":     doing("", `addOrganisation(input: {organisation: "NONE0"})`),
	"remove an organisation":  doing("", `removeOrganisation(input: {organisation: "R0A"})`),
	"approve a registration":  doing("registration", `approveRegistration(input: {accountId: "ID", organisation: "NONE0"})`),
	"reject a registration":   doing("registration", `rejectRegistration(input: {accountId: "ID", reason: ""})`),
	"list registrations":      listing("registration", `{ registrations { nodes { id } } }`),

	"organisation":  listed("organisation", `{ organisation(odsCode: "RGT") { name } }`),
	"ICB":           listed("icb", `{ icb(odsCode: "QUE") { name } }`),
	"region":        listed("region", `{ region(odsCode: "Y61") { name } }`),
	"code systems":  listed("codeSystem", `{ codeSystem(id: "specialty") { title } }`),
	"questionnaire": listed("questionnaire", `{ questionnaire(kind: RISK) { sections { title } } }`),

	"account, name":    ofAccount("name", "jobRole"),
	"account, private": ofAccount("email", "organisations", "status", "createdAt"),
	"grant":            named("grant"),
	"request":          named("request"),
	"notification":     named("notification"),
}

func yes(so bool) string {
	if so {
		return "yes"
	}
	return "-"
}

// doing sends a mutation about something of a kind. Whoever is told that it does
// not exist is told so as of one that never was.
func doing(kind, mutation string) func(w *world, of, reader string) string {
	return func(w *world, of, reader string) string {
		document := `mutation { ` + mutation + ` { userErrors { code } } }`
		id := w.id(kind, of)
		body := w.raw(reader, strings.ReplaceAll(document, `"ID"`, `"`+id+`"`), nil)
		switch code := errorCode(w.t, body); code {
		case "":
			return "yes"
		case "FORBIDDEN":
			return "no"
		case "UNAUTHENTICATED":
			return "sign in"
		case "NOT_FOUND":
			if never := w.ofNothing(reader, strings.ReplaceAll(document, `"ID"`, `"`+nothing(kind)+`"`)); body != never {
				w.t.Errorf("is answered %s, not as what never was: %s", body, never)
			}
			return "-"
		default:
			return code
		}
	}
}

// revoking takes a grant away that is new for each reader.
func revoking(w *world, of, reader string) string {
	w.grantAnew(of)
	return doing("grant", `revokeGrant(input: {id: "ID", reason: "They moved on."})`)(w, of, reader)
}

// ofNothing is what a reader is answered about an id that never was.
func (w *world) ofNothing(reader, document string) string {
	key := reader + " " + document
	if w.never[key] == "" {
		w.never[key] = w.raw(reader, document, nil)
	}
	return w.never[key]
}

// id is the id of what a row names.
func (w *world) id(kind, of string) string {
	w.t.Helper()
	if kind == "" {
		return ""
	}
	id := w.ids[kind+" "+of]
	if id == "" {
		w.t.Fatalf("there is no %s %s", kind, of)
	}
	return id
}

// listing tells whether a list has what a row names.
func listing(kind, document string) func(w *world, of, reader string) string {
	return func(w *world, of, reader string) string {
		return yes(strings.Contains(w.raw(reader, document, nil), w.id(kind, of)))
	}
}

// listed tells whether a query's first field has an answer.
func listed(field, document string) func(w *world, _, reader string) string {
	return func(w *world, _, reader string) string {
		return yes(dig[map[string]any](w.t, w.ask(reader, document, nil), "data")[field] != nil)
	}
}

func members(w *world, of, reader string) string {
	field := map[string]string{"QUE": "icb", "Y61": "region"}[of]
	if field == "" {
		field = "organisation"
	}
	answer := w.ask(reader, `{ `+field+`(odsCode: "`+of+`") { members(first: 100) { nodes { id } } } }`, nil)
	list, _ := at(answer, "data", field, "members").(map[string]any)
	return yes(list != nil && strings.Contains(fmt.Sprint(list), w.id("grant", of)))
}

// named tells whether node finds something of a kind.
func named(kind string) func(w *world, of, reader string) string {
	return func(w *world, of, reader string) string {
		return yes(at(w.ask(reader, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": w.id(kind, of)}), "data", "node") != nil)
	}
}

// ofAccount tells whether fields of an account are shown, all or none of them.
func ofAccount(fields ...string) func(w *world, of, reader string) string {
	selection := strings.NewReplacer("organisations", "organisations { odsCode }").Replace(strings.Join(fields, " "))
	return func(w *world, of, reader string) string {
		answer := w.ask(reader, `query($id: ID!) { node(id: $id) { ... on Account { `+selection+` } } }`, map[string]any{"id": w.id("account", of)})
		found, _ := at(answer, "data", "node").(map[string]any)
		if found == nil {
			return "-"
		}
		var values []any
		for _, field := range fields {
			values = append(values, found[field])
		}
		return shown("yes", values...)
	}
}

// shown answers what all values that are there are called, null where none is.
func shown(as string, values ...any) string {
	there := 0
	for _, value := range values {
		if list, ok := value.([]any); value != nil && (!ok || len(list) > 0) {
			there++
		}
	}
	switch there {
	case 0:
		return "null"
	case len(values):
		return as
	}
	return "some of it"
}

// first answers the first of a list of objects, or none.
func first(list any) map[string]any {
	items, _ := list.([]any)
	if len(items) == 0 {
		return nil
	}
	item, _ := items[0].(map[string]any)
	return item
}
