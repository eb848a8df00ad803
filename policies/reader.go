package policies

import (
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"lfpse/internal/authz"
)

// reader is a principal at an instant, as the rules see it.
type reader struct {
	principal authz.Principal
	input     ast.Value
	// until is when the rules would see another reader; zero for never.
	until time.Time
}

// read describes a principal to the rules:
//
//	{"principal": {
//	  "kind": "account", "id": "…", "organisations": ["RGT"],
//	  "grants": [{"role": "ADMIN", "area": {"type": "ICB", "code": "QUE", "organisations": ["RGT", …], "icbs": []}}]
//	}}
//
// Grants that have ended or not begun are left out.
func (a *Authorizer) read(p authz.Principal, now time.Time) (reader, error) {
	r := reader{principal: p}
	grants := []any{}
	for _, g := range p.Grants {
		if g.From.After(now) {
			r.expire(g.From)
			continue
		}
		if !g.Until.IsZero() && !g.Until.After(now) {
			continue
		}
		r.expire(g.Until)
		organisations, icbs := []string{}, []string{}
		if g.Area.Type != authz.AreaNational {
			organisations = append(organisations, a.geography.Within(g.Area, now)...)
			icbs = append(icbs, a.geography.ICBs(g.Area, now)...)
			r.expire(a.geography.NextChange(now))
		}
		grants = append(grants, map[string]any{
			"role": string(g.Role),
			"area": map[string]any{"type": string(g.Area.Type), "code": g.Area.Code, "organisations": organisations, "icbs": icbs},
		})
	}
	principal := map[string]any{
		"kind":          string(p.Kind),
		"organisations": append([]string{}, p.Organisations...),
		"grants":        grants,
	}
	if p.Kind != authz.Anonymous {
		principal["id"] = p.ID.String()
	}
	input, err := ast.InterfaceToValue(map[string]any{"principal": principal})
	if err != nil {
		return reader{}, fmt.Errorf("describing the principal: %w", err)
	}
	r.input = input
	return r, nil
}

// expire brings until forward to an instant; zero for never.
func (r *reader) expire(at time.Time) {
	if at.IsZero() || !r.until.IsZero() && r.until.Before(at) {
		return
	}
	r.until = at
}
