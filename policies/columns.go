package policies

import (
	"fmt"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// kind is what a column holds, which decides how it may be compared.
type kind int

const (
	text  kind = iota + 1 // one string
	id                    // one uuid
	texts                 // several strings
)

// column is something that a rule may ask about a row: its name in Rego is the
// key, under input.event, input.account and so on, of the tables below.
type column struct {
	kind kind
	// sql is the column. For texts that live in a table of their own it is a
	// query with one %s, the condition's right-hand side.
	sql string
	// separate marks those.
	separate bool
	// optional columns can be NULL. A rule may not ask for their negation: NULL
	// never admits.
	optional bool
}

// manyValues is from how many values on a list is compared with them one by
// one, by hash. Below, an index of the list finds the rows that overlap; above,
// PostgreSQL reads every row, and && compares each element with each value: of
// 100,000 events, counting those of 7,000 organisations took 11 s with &&, 0.2 s
// so; counting those of 64, 1 ms and 77 ms.
const manyValues = 200

// overlap is the condition that a column of texts has one of n values, which
// are its one argument.
func (c column) overlap(n int) string {
	switch {
	case c.separate:
		return fmt.Sprintf(c.sql, "ANY(?::text[])")
	case n < manyValues:
		return c.sql + " && ?::text[]"
	default:
		return "EXISTS (SELECT FROM unnest(" + c.sql + ") AS one WHERE one = ANY(?::text[]))"
	}
}

// columns lists what rules may ask of a noun. Queries name the noun's table e
// (event), a (account), g (grant; governance, beside its event's), r (access request), w (area: where), n (notification) or c (client).
func columns(noun authz.Noun) map[string]column {
	switch noun {
	case authz.Events:
		return eventColumns()
	case authz.Notifications:
		return map[string]column{"receiver": {kind: id, sql: "n.receiver"}}
	case authz.Accounts:
		return accountColumns()
	case authz.Governance:
		return governanceColumns()
	case authz.Grants:
		return grantColumns()
	case authz.AccessRequests:
		return requestColumns()
	case authz.Clients:
		return map[string]column{"organisation": {kind: text, sql: "c.organisation"}}
	case authz.Areas:
		return map[string]column{"area": {kind: text, sql: "w.area"}}
	default:
		return nil
	}
}

func eventColumns() map[string]column {
	return map[string]column{
		"recorded_by":               {kind: id, sql: "e.recorded_by", optional: true},
		"client_id":                 {kind: id, sql: "e.client_id", optional: true},
		"status":                    {kind: text, sql: "e.status"},
		"source":                    {kind: text, sql: "e.source"},
		"withdrawn_by":              {kind: id, sql: "e.withdrawn_by", optional: true},
		"withdrawn_by_client":       {kind: id, sql: "e.withdrawn_by_client", optional: true},
		"organisation":              {kind: text, sql: "e.organisation", optional: true},
		"occurred_at_organisations": {kind: texts, sql: "e.occurred_at_organisations"},
	}
}

func accountColumns() map[string]column {
	return map[string]column{
		"id": {kind: id, sql: "a.id"},
		"organisations": {kind: texts, separate: true, sql: "EXISTS (SELECT 1 FROM account_organisation ao " +
			"WHERE ao.account_id = a.id AND ao.organisation = %s)"},
		"grant_areas": {kind: texts, separate: true, sql: "EXISTS (SELECT 1 FROM access_grant g " +
			"WHERE g.account_id = a.id AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > now()) " +
			"AND g.area_type || ':' || g.area_code = %s)"},
		"asked_areas": {kind: texts, separate: true, sql: "EXISTS (SELECT 1 FROM access_request q " +
			"WHERE q.requester = a.id AND q.status = 'PENDING' AND q.area_type || ':' || q.area_code = %s)"},
	}
}

func grantColumns() map[string]column {
	return map[string]column{
		"account": {kind: id, sql: "g.account_id"},
		"area":    {kind: text, sql: "(g.area_type || ':' || g.area_code)"},
	}
}

// requestColumns: the route of a request that waits is worked out anew each
// time, so that it follows whoever becomes an admin or ceases to be one.
func requestColumns() map[string]column {
	return map[string]column{
		"requester": {kind: id, sql: "r.requester"},
		"area":      {kind: text, sql: "(r.area_type || ':' || r.area_code)"},
		"route":     {kind: text, sql: "coalesce(r.decided_route, access_route(r.requester, r.area_type, r.area_code))"},
	}
}

// governanceColumns are what reviews and responses have in common.
func governanceColumns() map[string]column {
	return map[string]column{
		"organisation": {kind: text, sql: "g.organisation"},
		"made_by":      {kind: id, sql: "g.made_by", optional: true},
		"event_status": {kind: text, sql: "e.status"},
	}
}

// canonical tells whether s is a uuid in the one form that PostgreSQL writes.
func canonical(s string) bool {
	u, err := uuid.Parse(s)
	return err == nil && u.String() == s
}
