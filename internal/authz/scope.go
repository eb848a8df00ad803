package authz

import "time"

// Filter is a condition over the rows of one noun, as SQL with bound
// arguments: "?" stands for each argument in order. The zero value is FALSE.
type Filter struct {
	sql   string
	args  []any
	reach []Reach
}

// NewFilter makes a filter. Only the translation of policy makes them.
func NewFilter(sql string, args ...any) Filter { return Filter{sql: sql, args: args} }

// As answers the filter said in other words: the condition admits the same rows.
func (f Filter) As(sql string, args ...any) Filter {
	return Filter{sql: sql, args: args, reach: f.reach}
}

// SQL answers the condition and its arguments.
func (f Filter) SQL() (string, []any) {
	if f.sql == "" {
		return "FALSE", nil
	}
	return f.sql, f.args
}

// IsFalse tells whether the filter admits no row whatever.
func (f Filter) IsFalse() bool { return f.sql == "" || f.sql == "FALSE" }

// Scope is the right to query one noun. Its zero value admits nothing.
type Scope struct {
	noun      Noun
	principal Principal
	rows      Filter
	shows     map[Class]Filter
	permits   map[Action]Filter
	until     time.Time
	reason    string
	kept      *Kept
}

// NewScope makes the scope that an Authorizer answers. until is when it must
// be asked again; zero for never.
func NewScope(p Principal, noun Noun, rows Filter, shows map[Class]Filter, permits map[Action]Filter, until time.Time) Scope {
	return Scope{noun: noun, principal: p, rows: rows, shows: shows, permits: permits, until: until, kept: &Kept{}}
}

// System is the only way round policy: the service acting for itself, with the reason why. It sees every row
// and shows no class of field.
func System(noun Noun, reason string) Scope {
	return Scope{noun: noun, rows: NewFilter("TRUE"), reason: reason}
}

// Noun is the noun that the scope is about.
func (s Scope) Noun() Noun { return s.noun }

// Principal is who the scope was made for.
func (s Scope) Principal() Principal { return s.principal }

// Rows is the condition under which a row exists for the principal.
func (s Scope) Rows() Filter { return s.rows }

// Shows is the condition under which a visible row shows a class of field;
// FALSE for a class that policy did not speak of.
func (s Scope) Shows(c Class) Filter { return s.shows[c] }

// Permits is the condition under which the principal may do an action on a
// visible row.
func (s Scope) Permits(a Action) Filter { return s.permits[a] }

// Until is when the scope must be asked for again; zero for never.
func (s Scope) Until() time.Time { return s.until }

// Kept is what was made of the scope, and where more can be put: the same for all
// its copies, and nil for a scope that is no decision of policy's.
func (s Scope) Kept() *Kept { return s.kept }
