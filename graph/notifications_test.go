package graph_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/authz"
	"lfpse/internal/notification"
)

const theList = `{ viewer { notifications { totalCount nodes { id type at readAt subject { __typename id ... on Event { reference } } } } } }`

type notice struct{ id, kind, at, read, about, reference string }

// list answers what a reader was told, the latest first.
func (s *service) list(reader string) []notice {
	s.t.Helper()
	answer := s.ask(reader, theList, nil)
	var list []notice
	for _, n := range dig[[]any](s.t, answer, "data", "viewer", "notifications", "nodes") {
		node := n.(map[string]any)
		one := notice{id: node["id"].(string), kind: node["type"].(string), at: node["at"].(string)}
		if at, ok := node["readAt"].(string); ok {
			one.read = at
		}
		if subject, ok := node["subject"].(map[string]any); ok {
			one.about = subject["id"].(string)
			one.reference, _ = subject["reference"].(string)
		}
		list = append(list, one)
	}
	if total := dig[float64](s.t, answer, "data", "viewer", "notifications", "totalCount"); int(total) != len(list) {
		s.t.Errorf("%s has %v notifications, and is shown %d", reader, total, len(list))
	}
	return list
}

// toldOf answers who was told of an event, as readers.
func (s *service) toldOf(eventID string) string {
	s.t.Helper()
	var found []string
	for _, reader := range readers[1:] {
		for _, n := range s.list(reader) {
			if n.kind == "EVENT_RECORDED_ELSEWHERE" && n.about == eventID {
				found = append(found, reader)
			}
		}
	}
	return strings.Join(found, ", ")
}

func occurredAt(codes ...string) map[string]any {
	return map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredAtOrganisations": codes}
}

// RGT, which records, and RR8 have an admin each; QUE's RGM has none.
func TestWhoIsToldOfAnEventThatOccurredWhereItWasNotRecorded(t *testing.T) {
	t.Parallel()
	s := newService(t)
	both := s.readerOf("of both", authz.Admin, authz.Area{Type: authz.AreaOrganisation, Code: "RGT"})
	s.exec("INSERT INTO account_organisation VALUES (?, 'RR8')", both)
	for name, c := range map[string]struct {
		by    string
		input map[string]any
		told  string
	}{
		"nowhere else":                        {reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."}, ""},
		"where it was recorded":               {reporter, occurredAt("RGT"), ""},
		"at a site of where it was recorded":  {reporter, occurredAt("RGT01"), ""},
		"at another trust":                    {reporter, occurredAt("RR8"), adminElsewhere},
		"at another trust's site":             {elsewhere, occurredAt("RGT01"), admin},
		"at both":                             {reporter, occurredAt("RR8", "RGT"), adminElsewhere},
		"where nobody is an admin":            {reporter, occurredAt("RGM"), lead},
		"at two trusts, one without an admin": {reporter, occurredAt("RR8", "RGM"), adminElsewhere + ", " + lead},
		"by an admin of where it occurred":    {"of both", occurredAt("RGT"), admin},
	} {
		t.Run(name, func(t *testing.T) {
			id, _ := s.record(c.by, c.input)
			if got := s.toldOf(id); got != c.told {
				t.Errorf("told were %q, want %q", got, c.told)
			}
			if c.by == "of both" && slices.ContainsFunc(s.list(c.by), func(n notice) bool { return n.about == id }) {
				t.Error("who recorded it was told of it")
			}
		})
	}
}

// An admin of an area is told as an admin of an organisation in it is.
func TestAdminsOfAreasAreTold(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.readerOf("admin of an ICB", authz.Admin, authz.Area{Type: authz.AreaICB, Code: "QUE"})
	s.readerOf("admin of a region", authz.Admin, authz.Area{Type: authz.AreaRegion, Code: "Y61"})
	s.readerOf("admin of a site", authz.Admin, authz.Area{Type: authz.AreaOrganisation, Code: "RGT01"})
	id, _ := s.record(elsewhere, occurredAt("RGT"))
	for reader, want := range map[string]int{"admin of an ICB": 1, "admin of a region": 1, "admin of a site": 0, admin: 1, lead: 0} {
		if got := len(s.list(reader)); got != want {
			t.Errorf("%s was told %d times, want %d", reader, got, want)
		}
	}
	if got := s.list("admin of an ICB")[0]; got.about != id || got.reference == "" {
		t.Errorf("the admin of the ICB was told %+v", got)
	}
}

func TestNobodyIsToldTwiceOfAnEvent(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, occurredAt("RR8"))
	if got := s.toldOf(id); got != adminElsewhere {
		t.Fatalf("told were %q", got)
	}
	update := func(revision int, places ...string) {
		t.Helper()
		payload := s.say(reporter, "updateEvent", "UpdateEventInput", "event { revision }", map[string]any{
			"id": id, "revision": revision, "event": map[string]any{"occurredAtOrganisations": places},
		})
		if problems := codes(payload); problems != "" {
			t.Fatal(problems)
		}
	}
	update(1, "RGM")
	if got := s.toldOf(id); got != lead {
		t.Errorf("once it has moved, told and allowed to see it are %q", got)
	}
	if got := s.list(adminElsewhere); len(got) != 1 || got[0].about != "" {
		t.Errorf("who may no longer see it finds %+v", got)
	}
	update(2, "RGM", "RR8")
	if got := s.toldOf(id); got != adminElsewhere+", "+lead {
		t.Errorf("once it is back, told are %q", got)
	}
	if n := len(s.list(adminElsewhere)) + len(s.list(lead)); n != 2 {
		t.Errorf("two were told %d times", n)
	}
}

func TestOfADraftNobodyIsToldUntilItIsSubmitted(t *testing.T) {
	t.Parallel()
	s := newService(t)
	input := aFall()
	input["occurredAtOrganisations"] = []string{"RR8"}
	draft, _ := s.draft(reporter, input)
	if got := s.list(adminElsewhere); len(got) != 0 {
		t.Fatalf("of a draft the admin was told %+v", got)
	}
	if payload := s.say(reporter, "submitDraft", "SubmitDraftInput", "event { id }", map[string]any{"id": draft}); codes(payload) != "" {
		t.Fatal(codes(payload))
	}
	if got := s.toldOf(draft); got != adminElsewhere {
		t.Errorf("once submitted, told are %q", got)
	}
}

// What is told of an anonymous event is its reference, and times are to the
// minute, those of its mail too.
func TestAnAnonymousEventIsToldByItsReferenceAlone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	server := s.post()
	answer := s.ask(nobody, `mutation($e: EventInput!) { recordEventAnonymously(input: {event: $e, reasons: ["1"]}) { receipt { reference } userErrors { code path } } }`,
		map[string]any{"e": map[string]any{"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "organisation": "RGT", "occurredAtOrganisations": []string{"RR8"}}})
	reference := dig[string](t, answer, "data", "recordEventAnonymously", "receipt", "reference")
	list := s.list(adminElsewhere)
	if len(list) != 1 || list[0].reference != reference {
		t.Fatalf("the admin was told %+v", list)
	}
	if at := must[time.Time](t)(time.Parse(time.RFC3339Nano, list[0].at)); !at.Equal(at.Truncate(time.Minute)) {
		t.Errorf("told at %s", at)
	}
	at := must[time.Time](t)(time.Parse(time.RFC3339Nano, list[0].at))
	if err := s.outbox.MailListed(t.Context(), at.Add(59*time.Second)); err != nil {
		t.Fatal(err)
	}
	var jobs int
	if err := s.db.NewRaw("SELECT count(*) FROM river_job WHERE args->>'about' = 'events_elsewhere'").Scan(t.Context(), &jobs); err != nil || jobs != 0 {
		t.Errorf("before its minute is over there are %d mails, %v", jobs, err)
	}
	if err := s.outbox.MailListed(t.Context(), at.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	mail := server.Wait(t, "admin.elsewhere@staff.example", 1)
	if !strings.Contains(mail.Text, reference) || strings.Contains(mail.Text, "Pemberton") || strings.Contains(mail.Text, "fell") {
		t.Errorf("the mail says %s", mail.Text)
	}
}

// One mail tells of all events of a minute, and of none whose reader has lost
// the right, or that was withdrawn.
func TestEventsElsewhereAreMailedTogether(t *testing.T) {
	t.Parallel()
	s := newService(t)
	server := s.post()
	_, first := s.record(reporter, occurredAt("RR8"))
	_, second := s.record(reporter, occurredAt("RR8"))
	withdrawn, third := s.record(reporter, occurredAt("RR8"))
	s.ok(s.withdrawn(reporter, withdrawn, 1, "A mistake."), "withdrawEvent")
	_, fourth := s.record(elsewhere, occurredAt("RGT"))
	s.exec("UPDATE access_grant SET revoked_at = now() WHERE account_id = ?", s.accountOf(admin))
	later := time.Now().Add(2 * time.Minute)
	for range 2 {
		if err := s.outbox.MailListed(t.Context(), later); err != nil {
			t.Fatal(err)
		}
	}
	mail := server.Wait(t, "admin.elsewhere@staff.example", 1)
	for reference, want := range map[string]bool{first: true, second: true, third: false, fourth: false} {
		if got := strings.Contains(mail.Text, reference); got != want {
			t.Errorf("the mail tells of %s: %v, want %v", reference, got, want)
		}
	}
	var jobs int
	if err := s.db.NewRaw("SELECT count(*) FROM river_job WHERE args->>'about' = 'events_elsewhere'").Scan(t.Context(), &jobs); err != nil || jobs != 1 {
		t.Errorf("there are %d mails, %v", jobs, err)
	}
}

// What is mailed is listed, in the same transaction: one that is undone tells
// nobody anything.
func TestWhatIsMailedIsListed(t *testing.T) {
	t.Parallel()
	s := newService(t)
	server := s.post()
	s.member(server, "nadia@nhs.net")
	s.tokens["nadia"] = dig[string](t, s.tryToSignIn("nadia@nhs.net", newPassword), "session", "accessToken")
	s.say("nadia", "changePassword", "ChangePasswordInput", "acknowledged", map[string]any{"currentPassword": newPassword, "newPassword": newPassword + " again"})
	var kinds []string
	for _, n := range s.list("nadia") {
		kinds = append(kinds, n.kind)
		if !strings.HasPrefix(n.about, "account_") {
			t.Errorf("%s is about %q", n.kind, n.about)
		}
	}
	if got := strings.Join(kinds, " "); got != "PASSWORD_CHANGED ACTIVATED REGISTERED" {
		t.Errorf("listed are %s", got)
	}
	s.register("waits@clinic.example", nil)
	server.Wait(t, "national.lead@staff.example", 1)
	if got := s.list(lead); len(got) != 1 || got[0].kind != "REGISTRATION_TO_APPROVE" || !strings.HasPrefix(got[0].about, "account_") {
		t.Errorf("the national lead was told %+v", got)
	}
}

func TestWhatIsUndoneIsToldToNobody(t *testing.T) {
	t.Parallel()
	s := newService(t)
	_, before := s.counts()
	s.exec("ALTER TABLE event_patient ADD CONSTRAINT none CHECK (sequence < 0)")
	answer := s.raw(reporter, `mutation { recordEvent(input: {event: {kind: INCIDENT, description: "A fall.", occurredAtOrganisations: ["RR8"], patients: [{physicalHarm: LOW}]}}) { event { id } } }`, nil)
	if !strings.Contains(answer, "INTERNAL") {
		t.Fatalf("it was recorded: %s", answer)
	}
	accounts := db.NewAccounts(s.db.DB, s.outbox)
	s.exec("ALTER TABLE river_job ADD CONSTRAINT none CHECK (queue <> 'mail') NOT VALID")
	if err := accounts.Send(t.Context(), notification.Mail{Kind: notification.PasswordChanged, To: "reporter@staff.example"}); err == nil {
		t.Error("a mail was kept that could not be")
	}
	s.exec("ALTER TABLE river_job DROP CONSTRAINT none")
	s.exec("ALTER TABLE notification ADD CONSTRAINT none CHECK (type <> 'PASSWORD_CHANGED')")
	if err := accounts.Send(t.Context(), notification.Mail{Kind: notification.PasswordChanged, To: "reporter@staff.example"}); err == nil {
		t.Error("a mail was kept that was not listed")
	}
	if mails, after := s.counts(); mails != 0 || after != before {
		t.Errorf("%d mails and %d notifications are left of what was undone", mails, after-before)
	}
}

// counts answers how many mails and how many notifications there are.
func (s *service) counts() (mails, listed int) {
	s.t.Helper()
	err := s.db.NewRaw("SELECT (SELECT count(*) FROM river_job WHERE queue = 'mail'), (SELECT count(*) FROM notification)").Scan(s.t.Context(), &mails, &listed)
	if err != nil {
		s.t.Fatal(err)
	}
	return mails, listed
}

func TestNotificationsAreMarkedAsRead(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 3 {
		s.record(reporter, occurredAt("RR8"))
	}
	s.record(elsewhere, occurredAt("RGT"))
	list, others := s.list(adminElsewhere), s.list(admin)
	mark := func(reader string, ids ...string) map[string]any {
		return s.ask(reader, `mutation($ids: [ID!]!) { markNotificationsRead(input: {ids: $ids}) { viewer { notifications(unreadOnly: true) { totalCount nodes { id } } } userErrors { code path } } }`, map[string]any{"ids": ids})
	}
	unread := func(answer map[string]any) float64 {
		return dig[float64](t, answer, "data", "markNotificationsRead", "viewer", "notifications", "totalCount")
	}
	if got := unread(mark(adminElsewhere, list[0].id, list[0].id)); got != 2 {
		t.Errorf("of three, one of them read, %v are unread", got)
	}
	first := s.list(adminElsewhere)[0].read
	if first == "" || unread(mark(adminElsewhere, list[0].id)) != 2 || s.list(adminElsewhere)[0].read != first {
		t.Errorf("reading again changes when it was read: %s, then %s", first, s.list(adminElsewhere)[0].read)
	}
	for name, ids := range map[string][]string{
		"somebody else's":  {list[1].id, others[0].id},
		"nobody's":         {list[1].id, "notification_" + strings.ReplaceAll(uuid.NewString(), "-", "")},
		"no notification":  {list[1].id, list[1].about},
		"no id":            {list[1].id, "x"},
		"no id by itself":  {""},
		"others' entirely": {others[0].id},
	} {
		answer := mark(adminElsewhere, ids...)
		if got := codeOf(t, answer); got != "NOT_FOUND" {
			t.Errorf("%s: answered %s", name, got)
		}
	}
	if got := s.list(adminElsewhere); got[1].read != "" || s.list(admin)[0].read != "" {
		t.Error("what was refused was marked")
	}
	if got := codeOf(t, mark(nobody, list[1].id)); got != "UNAUTHENTICATED" {
		t.Errorf("nobody is answered %s", got)
	}
	many := make([]string, 201)
	for i := range many {
		many[i] = list[1].id
	}
	if got := codes(dig[map[string]any](t, mark(adminElsewhere, many...), "data", "markNotificationsRead")); got != "TOO_MANY ids" {
		t.Errorf("201 are answered %s", got)
	}
	if got := unread(mark(adminElsewhere, list[0].id, list[1].id, list[2].id)); got != 0 {
		t.Errorf("all read, %v are unread", got)
	}
}

// codeOf is the code of an answer's first error; empty where there is none.
func codeOf(t *testing.T, answer map[string]any) string {
	t.Helper()
	failures, _ := answer["errors"].([]any)
	if len(failures) == 0 {
		return ""
	}
	return dig[string](t, failures[0], "extensions", "code")
}

// Through no door does anybody see what another was told.
func TestANotificationIsItsReceiversAlone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, occurredAt("RR8"))
	notification := s.list(adminElsewhere)[0].id
	for _, reader := range readers {
		answer := s.raw(reader, `{ node(id: "`+notification+`") { __typename id ... on Notification { type subject { id } } } nodes(ids: ["`+notification+`"]) { id } viewer { notifications { nodes { id } } } }`, nil)
		if sees := strings.Contains(answer, notification) || strings.Contains(answer, id); sees != (reader == adminElsewhere) {
			t.Errorf("%s is answered %s", reader, answer)
		}
	}
}

// Once the right to the subject is gone, the notification is there without it,
// through every door.
func TestTheSubjectGoesWithTheRightToIt(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.record(reporter, occurredAt("RR8"))
	notification := s.list(adminElsewhere)[0].id
	s.exec("UPDATE access_grant SET revoked_at = now() WHERE account_id = ?", s.accountOf(adminElsewhere))
	answer := s.raw(adminElsewhere, `{ node(id: "`+notification+`") { ... on Notification { type at subject { id } } } viewer { notifications { totalCount nodes { type at readAt subject { id } } edges { node { subject { id } } } } } }`, nil)
	if strings.Contains(answer, id) || strings.Contains(answer, reference) || strings.Contains(answer, "errors") {
		t.Errorf("answered %s", answer)
	}
	if got := s.list(adminElsewhere); len(got) != 1 || got[0].about != "" {
		t.Errorf("the list is %+v", got)
	}
}

func TestPagesOfNotifications(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 5 {
		s.record(reporter, occurredAt("RR8"))
	}
	all := s.list(adminElsewhere)
	var seen []string
	after := "null"
	for range 5 {
		answer := s.ask(adminElsewhere, `{ viewer { notifications(first: 2, after: `+after+`) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount } } }`, nil)
		page := dig[map[string]any](t, answer, "data", "viewer", "notifications")
		for _, edge := range page["edges"].([]any) {
			seen = append(seen, edge.(map[string]any)["node"].(map[string]any)["id"].(string))
		}
		info := page["pageInfo"].(map[string]any)
		if info["hasNextPage"] != true {
			break
		}
		after = `"` + info["endCursor"].(string) + `"`
	}
	if len(seen) != 5 {
		t.Fatalf("pages of two hold %d of 5", len(seen))
	}
	for i, n := range all {
		if seen[i] != n.id {
			t.Errorf("place %d differs", i)
		}
	}
	last := s.ask(adminElsewhere, `{ viewer { notifications(last: 1) { nodes { id } pageInfo { hasPreviousPage } } } }`, nil)
	if got := dig[[]any](t, last, "data", "viewer", "notifications", "nodes")[0].(map[string]any)["id"]; got != all[4].id {
		t.Errorf("the last is %v", got)
	}
}

// A page costs the same statements, however many subjects it has.
func TestAPageOfNotificationsCostsTheSameStatements(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 20 {
		s.record(reporter, occurredAt("RR8"))
	}
	cost := func(first string) int {
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		defer func() { s.counted = nil }()
		s.raw(adminElsewhere, `{ viewer { notifications(first: `+first+`) { totalCount nodes { subject { id } } } } }`, nil)
		return len(counter.Shapes())
	}
	cost("1")
	if few, many := cost("2"), cost("20"); few != many || many > 4 {
		t.Errorf("two cost %d statements, twenty %d", few, many)
	}
}
