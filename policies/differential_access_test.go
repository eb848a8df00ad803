package policies

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"lfpse/db/dbtest"
	"lfpse/internal/authz"
)

func TestSQLSaysOfGrantsWhatRulesSay(t *testing.T) {
	db := dbtest.Fresh(t)
	insertPeople(t, db.DB, accountID, otherID)
	var rows []row
	for _, holder := range []uuid.UUID{accountID, otherID} {
		for _, area := range []string{"ORGANISATION:A", "ORGANISATION:A01", "ORGANISATION:C", "ICB:OLD", "ICB:NEW", "REGION:R", "NATIONAL:"} {
			r := row{uuid.New(), map[string]any{"account": holder.String(), "area": area}}
			rows = append(rows, r)
			kind, code, _ := strings.Cut(area, ":")
			role := map[bool]string{true: "NATIONAL_LEAD", false: "READ_ONLY"}[kind == "NATIONAL"]
			execute(t, db.DB, `INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at) VALUES (?, ?, ?, ?, ?, now())`,
				r.id, holder, role, kind, code)
		}
	}
	agree(t, db.DB, authz.Grants, "access_grant g", "g.id", rows)
}

// The route is the database's to say: it is read back before the rules are asked.
func TestSQLSaysOfRequestsWhatRulesSay(t *testing.T) {
	db := dbtest.Fresh(t)
	insertPeople(t, db.DB, accountID, otherID)
	execute(t, db.DB, `INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at)
		VALUES (gen_random_uuid(), ?, 'ADMIN', 'ORGANISATION', 'A', now())`, otherID)
	var rows []row
	for _, requester := range []uuid.UUID{accountID, otherID} {
		for _, area := range []string{"ORGANISATION:A", "ORGANISATION:A01", "ORGANISATION:C", "ICB:OLD", "ICB:NEW", "REGION:R"} {
			for _, status := range []string{"PENDING", "REJECTED"} {
				r := row{uuid.New(), map[string]any{"requester": requester.String(), "area": area}}
				kind, code, _ := strings.Cut(area, ":")
				var decided, route any
				if status == "REJECTED" {
					decided, route = noon, "NATIONAL_LEADS"
				}
				execute(t, db.DB, `INSERT INTO access_request (id, requester, role, area_type, area_code, reason, status, requested_at, decided_at, decided_route)
					VALUES (?, ?, 'ORGANISATIONAL', ?, ?, '', ?, now(), ?, ?)`, r.id, requester, kind, code, status, decided, route)
				var now string
				err := db.NewRaw("SELECT coalesce(decided_route, access_route(requester, area_type, area_code)) FROM access_request WHERE id = ?", r.id).
					Scan(t.Context(), &now)
				if err != nil {
					t.Fatal(err)
				}
				r.input["route"] = now
				rows = append(rows, r)
			}
		}
	}
	if rows[0].input["route"] != "AREA_ADMINS" || rows[1].input["route"] != "NATIONAL_LEADS" {
		t.Fatalf("the routes are %v, %v", rows[0].input, rows[1].input)
	}
	agree(t, db.DB, authz.AccessRequests, "access_request r", "r.id", rows)
}

func TestSQLSaysOfAreasWhatRulesSay(t *testing.T) {
	db := dbtest.Fresh(t)
	execute(t, db.DB, "CREATE TABLE area (id uuid PRIMARY KEY, area text)")
	var rows []row
	for _, area := range []string{"ORGANISATION:A", "ORGANISATION:A01", "ORGANISATION:C", "ICB:OLD", "ICB:NEW", "REGION:R", "REGION:LARGE"} {
		r := row{uuid.New(), map[string]any{"area": area}}
		rows = append(rows, r)
		execute(t, db.DB, "INSERT INTO area VALUES (?, ?)", r.id, area)
	}
	agree(t, db.DB, authz.Areas, "area w", "w.id", rows)
}
