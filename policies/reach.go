package policies

import "lfpse/internal/authz"

// reaches answers what alternatives are known to admit: those that ask for a
// status and at most for organisations of one sort. Of any other nothing is said.
func reaches(alternatives [][]condition) []authz.Reach {
	var known []authz.Reach
	for _, conditions := range alternatives {
		if reach, ok := reachOf(conditions); ok {
			known = append(known, reach)
		}
	}
	return known
}

func reachOf(conditions []condition) (reach authz.Reach, ok bool) {
	columns := eventColumns()
	for _, c := range conditions {
		switch {
		case c.column == columns["status"].sql && reach.Statuses == nil:
			reach.Statuses = c.values
		case c.column == columns["organisation"].sql && reach.Touches == authz.Anything:
			reach.Touches, reach.Organisations = authz.ReportedBy, c.values
		case c.column == columns["occurred_at_organisations"].sql && reach.Touches == authz.Anything:
			reach.Touches, reach.Organisations = authz.OccurredAt, c.values
		default:
			return authz.Reach{}, false
		}
	}
	return reach, reach.Statuses != nil
}
