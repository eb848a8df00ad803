package db_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
	"lfpse/internal/organisation"
)

// Everything that a map can say of today: boards that are over, with heirs, with
// none and in a row; boards to come; sites with a board of their own; what was and
// what will be.
const manyTurns = `
	INSERT INTO region (ods_code, name) VALUES ('Y01', 'North'), ('Y02', 'South');
	INSERT INTO icb (ods_code, name, valid_from, valid_until, successor) VALUES
		('QH2', 'Second heir', current_date - 50, NULL, NULL), ('QT1', 'To come', current_date + 50, NULL, NULL);
	INSERT INTO icb (ods_code, name, valid_from, valid_until, successor) VALUES
		('QH1', 'First heir', NULL, current_date - 40, 'QH2'), ('QN1', 'Over without an heir', NULL, current_date - 9, NULL),
		('QL1', 'In its last days', NULL, current_date + 9, 'QT1');
	INSERT INTO icb (ods_code, name, valid_until, successor) VALUES ('QO1', 'Over', current_date - 60, 'QH1');
	INSERT INTO icb_region (icb, region, valid_from, valid_until) VALUES
		('QH2', 'Y01', '-infinity', current_date - 10), ('QH2', 'Y02', current_date - 9, NULL),
		('QT1', 'Y01', '-infinity', NULL), ('QH1', 'Y01', '-infinity', NULL), ('QN1', 'Y01', '-infinity', NULL),
		('QL1', 'Y01', '-infinity', NULL), ('QO1', 'Y01', '-infinity', NULL);
	INSERT INTO organisation (ods_code, name, type, parent) VALUES
		('RAA', 'Of the board that is over', 'NHS_TRUST', NULL), ('RAA01', 'Site', 'NHS_TRUST_SITE', 'RAA'),
		('RAA0101', 'Site of the site', 'NHS_TRUST_SITE', 'RAA01'), ('RAA02', 'Site with another board', 'NHS_TRUST_SITE', 'RAA'),
		('RAA03', 'Site that had another board', 'NHS_TRUST_SITE', 'RAA'),
		('RBB', 'Of a board without an heir', 'NHS_TRUST', NULL), ('RCC', 'Of a board in its last days', 'NHS_TRUST', NULL),
		('RDD', 'Of no board yet', 'NHS_TRUST', NULL), ('REE', 'Of none', 'OTHER', NULL);
	INSERT INTO organisation_icb (organisation, icb, valid_from, valid_until) VALUES
		('RAA', 'QO1', '-infinity', NULL), ('RAA02', 'QL1', current_date, NULL), ('RAA03', 'QL1', '-infinity', current_date - 1),
		('RBB', 'QN1', '-infinity', NULL), ('RCC', 'QL1', '-infinity', current_date), ('RCC', 'QH2', current_date + 1, NULL),
		('RDD', 'QL1', current_date + 1, NULL);`

// The database works out which areas an area lies in, and the map which
// organisations an area holds. They must not disagree: who is told of a request
// and who sees it would.
func TestAreasAroundAreThoseThatTheMapSaysHoldIt(t *testing.T) {
	d := dbtest.Fresh(t)
	change(t, d, manyTurns)
	directory, err := organisation.NewDirectory(t.Context(), db.NewOrganisations(d.DB))
	if err != nil {
		t.Fatal(err)
	}
	m, now := directory.Map(), time.Now()
	var areas []authz.Area
	for _, o := range m.Organisations() {
		areas = append(areas, authz.Area{Type: authz.AreaOrganisation, Code: string(o.ODSCode)})
	}
	for _, icb := range m.AllICBs() {
		areas = append(areas, authz.Area{Type: authz.AreaICB, Code: string(icb.ODSCode)})
	}
	for _, region := range m.Regions() {
		areas = append(areas, authz.Area{Type: authz.AreaRegion, Code: string(region.ODSCode)})
	}
	holds := func(outer, inner authz.Area) bool {
		switch inner.Type {
		case authz.AreaOrganisation:
			return slices.Contains(directory.Within(outer, now), inner.Code)
		case authz.AreaICB:
			return slices.Contains(directory.ICBs(outer, now), inner.Code)
		default:
			return false
		}
	}
	for _, inner := range areas {
		var want []string
		for _, outer := range areas {
			if outer == inner || holds(outer, inner) {
				want = append(want, string(outer.Type)+":"+outer.Code)
			}
		}
		var got []string
		if err := d.Pool.QueryRow(t.Context(), "SELECT areas_around($1, $2)", inner.Type, inner.Code).Scan(&got); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		slices.Sort(want)
		if inner.Code == "RAA0101" && len(want) != 5 { // itself, the site, the trust, the second heir and its region
			t.Errorf("the map says only %v of a site's site", want)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("around %v (-map +database):\n%s", inner, diff)
		}
	}
}

// A decision rests on who its maker was when they were asked: whoever has lost, or
// gained, anything meanwhile decides nothing, and nothing is left of the try.
func TestADecisionOfSomebodyWhoHasChangedIsNotMade(t *testing.T) {
	d := dbtest.Fresh(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	requests := db.NewAccessRequests(d.DB, dbtest.Outbox(t, d))
	decider, _ := lead(t, accounts)
	requester, _ := lead(t, accounts)
	opening := accessrequest.NewOpening(requester, authz.Admin, authz.Area{Type: authz.AreaICB, Code: "QUE"}, time.Now())
	if err := requests.Open(t.Context(), opening); err != nil {
		t.Fatal(err)
	}
	anything := authz.NewFilter("TRUE")
	scope := authz.NewScope(authz.Principal{}, authz.AccessRequests, anything, nil, map[authz.Action]authz.Filter{authz.DecideRequest: anything}, time.Time{})
	decision := func(by uuid.UUID, version int64) accessrequest.Decision {
		return accessrequest.Decision{
			ID: opening.ID, Move: accessrequest.Approve, Action: authz.DecideRequest, At: time.Now(),
			By:    authz.Principal{Kind: authz.Account, ID: by, GrantVersion: version},
			Grant: &accessrequest.Granted{ID: uuid.New()},
			Entry: audit.Entry{At: time.Now(), ActorKind: audit.Account, ActorID: by, Action: "access_request.approved", Subject: gid.Format(gid.AccessRequest, opening.ID)},
		}
	}
	denied := authz.NewScope(authz.Principal{}, authz.AccessRequests, anything, nil, nil, time.Time{})
	for name, try := range map[string]func() error{
		"an older version":           func() error { return requests.Decide(t.Context(), scope, decision(decider, 0)) },
		"somebody who is nobody":     func() error { return requests.Decide(t.Context(), scope, decision(uuid.New(), 1)) },
		"whom the scope permits not": func() error { return requests.Decide(t.Context(), denied, decision(decider, 1)) },
		"a scope of another noun": func() error {
			return requests.Decide(t.Context(), authz.System(authz.Events, "a test"), decision(decider, 1))
		},
	} {
		if err := try(); !errors.Is(err, accessrequest.ErrOvertaken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := accessOf(t, d, requester); got.grants != 1 || got.version != 1 {
		t.Errorf("the requester's access is %+v", got)
	}
	if err := requests.Decide(t.Context(), scope, decision(decider, 1)); err != nil {
		t.Fatal(err)
	}
	if got := accessOf(t, d, requester); got.grants != 2 || got.version != 2 {
		t.Errorf("approved, the requester's access is %+v", got)
	}
	if err := requests.Decide(t.Context(), scope, decision(decider, 1)); !errors.Is(err, accessrequest.ErrDecided) {
		t.Errorf("deciding again: %v", err)
	}
}

// People who decide about each other's requests at once do not lock each other out.
func TestTwoWhoDecideAboutEachOtherBothDo(t *testing.T) {
	d := dbtest.Fresh(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	requests := db.NewAccessRequests(d.DB, dbtest.Outbox(t, d))
	anything := authz.NewFilter("TRUE")
	scope := authz.NewScope(authz.Principal{}, authz.AccessRequests, anything, nil, map[authz.Action]authz.Filter{authz.DecideRequest: anything}, time.Time{})
	first, _ := lead(t, accounts)
	second, _ := lead(t, accounts)
	for range 10 {
		var ended sync.WaitGroup
		for by, about := range map[uuid.UUID]uuid.UUID{first: second, second: first} {
			opening := accessrequest.NewOpening(about, authz.Admin, authz.Area{Type: authz.AreaICB, Code: "QUE"}, time.Now())
			opening.MostADay = 100
			if err := requests.Open(t.Context(), opening); err != nil {
				t.Fatal(err)
			}
			ended.Go(func() {
				err := requests.Decide(t.Context(), scope, accessrequest.Decision{
					ID: opening.ID, Move: accessrequest.Reject, Action: authz.DecideRequest, At: time.Now(), Reason: "No.",
					By:    authz.Principal{Kind: authz.Account, ID: by, GrantVersion: 1},
					Entry: audit.Entry{At: time.Now(), ActorKind: audit.Account, ActorID: by, Action: "access_request.rejected", Subject: gid.Format(gid.AccessRequest, opening.ID)},
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		ended.Wait()
	}
}

// Requests that nobody can be told of, however many, keep no other from being passed on.
func TestRequestsWithoutAnybodyToTellHoldUpNoOther(t *testing.T) {
	d := dbtest.Fresh(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	requests := db.NewAccessRequests(d.DB, dbtest.Outbox(t, d))
	only, _ := lead(t, accounts) // nobody decides about what the only lead asks for
	if _, err := d.NewRaw(`INSERT INTO access_request (id, requester, role, area_type, area_code, reason, status, requested_at)
		SELECT lpad(to_hex(n), 32, '0')::uuid, ?, 'ADMIN', 'ORGANISATION', 'X' || n, 'A reason.', 'PENDING', now() FROM generate_series(1, 600) AS n`, only).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	colleague, _ := lead(t, accounts)
	change(t, d, `UPDATE account SET status = 'LOCKED' WHERE id = '`+colleague.String()+`'`)
	if done, err := requests.Tend(t.Context(), time.Now()); err != nil || done.RequestsRerouted != 0 {
		t.Errorf("with nobody to tell: %+v, %v", done, err)
	}
	change(t, d, `INSERT INTO access_request (id, requester, role, area_type, area_code, reason, status, requested_at)
		VALUES (gen_random_uuid(), '`+colleague.String()+`', 'ADMIN', 'ORGANISATION', 'X0', 'A reason.', 'PENDING', now())`)
	if done, err := requests.Tend(t.Context(), time.Now()); err != nil || done.RequestsRerouted != 1 {
		t.Errorf("behind them one with somebody to tell: %+v, %v", done, err)
	}
}

// Leads are told of registrations once an hour at most, and of each at last, however
// steadily they come and however many processes look.
func TestLeadsAreToldOfEveryRegistrationAtLast(t *testing.T) {
	d := dbtest.Fresh(t)
	outbox := dbtest.Outbox(t, d)
	accounts, requests := db.NewAccounts(d.DB, outbox), db.NewAccessRequests(d.DB, outbox)
	first, _ := lead(t, accounts)
	registers := func(ago string) {
		change(t, d, `INSERT INTO account (id, email, first_name, last_name, job_role, status, created_at)
			VALUES (gen_random_uuid(), gen_random_uuid() || '@clinic.example', 'Nadia', 'Haddad', 'Midwife', 'AWAITING_APPROVAL', now() - interval '`+ago+`')`)
	}
	told := func(when string, want int) {
		t.Helper()
		var all atomic.Int64
		var ended sync.WaitGroup
		for range 4 {
			ended.Go(func() {
				done, err := requests.Tend(t.Context(), time.Now())
				if err != nil {
					t.Error(err)
				}
				all.Add(int64(done.LeadsTold))
			})
		}
		ended.Wait()
		if got := int(all.Load()); got != want {
			t.Errorf("%s, %d are told, not %d", when, got, want)
		}
	}
	anHourPasses := `UPDATE notification SET at = at - interval '61 minutes'; UPDATE account SET created_at = created_at - interval '61 minutes' WHERE status = 'AWAITING_APPROVAL'`
	told("with none waiting", 0)
	registers("0")
	told("with the first", 1)
	registers("0")
	told("with another soon after", 0)
	change(t, d, anHourPasses)
	registers("50 minutes")
	told("an hour later", 1)
	change(t, d, anHourPasses)
	told("with none since", 0)
	second, _ := lead(t, accounts)
	told("with another lead", 1)
	if first == second {
		t.Error("there is one lead")
	}
}

// Whoever was a national lead when they were asked who they are, and is none any more
// when their decision is written, lets nobody in.
func TestALeadWhoIsNoneAnyMoreApprovesNobody(t *testing.T) {
	d := dbtest.Fresh(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	decider, _ := lead(t, accounts)
	id := uuid.New()
	if _, err := d.NewRaw(`INSERT INTO account (id, email, first_name, last_name, job_role, status, created_at)
		VALUES (?, 'nadia@clinic.example', 'Nadia', 'Haddad', 'Midwife', 'AWAITING_APPROVAL', now())`, id).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	approving := account.Change{Account: id, Move: account.Approve, At: time.Now(), By: authz.Principal{Kind: authz.Account, ID: decider, GrantVersion: 0}}
	if _, err := accounts.Change(t.Context(), approving); !errors.Is(err, account.ErrOvertaken) {
		t.Errorf("by an older version: %v", err)
	}
	approving.By.GrantVersion = 1
	if _, err := accounts.Change(t.Context(), approving); err != nil {
		t.Errorf("as they are: %v", err)
	}
}
