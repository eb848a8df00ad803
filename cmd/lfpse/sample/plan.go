package sample

import (
	"math/rand/v2"

	"lfpse/internal/event"
	"lfpse/internal/organisation"
)

// plan says what becomes of one event.
type plan struct {
	kind      event.Kind
	trust     *organisation.Organisation
	author    *colleague // nil for an anonymous event
	elsewhere bool       // it happened in other organisations than the author's
	draft     bool
	revisions int // the first included
	withdrawn bool
	days      int // how far back it was recorded at most
	// editor makes every further revision; nil for whoever may.
	editor *colleague
}

// The shares of what becomes of events.
const (
	anonymously  = 0.015
	unfinished   = 0.02
	takenBack    = 0.005
	elsewhereToo = 0.04
)

var revisionCounts = shares(weighted[int]{{1, 66}, {2, 19}, {3, 8}, {4, 4}, {5, 2}, {6, 1}})

// any plans an event of anybody's.
func (m *maker) any(r *rand.Rand) plan {
	p := plan{kind: kinds.draw(r), trust: m.volumes.draw(r), revisions: revisionCounts.draw(r), days: period}
	p.elsewhere, p.withdrawn = often(r, elsewhereToo), often(r, takenBack)
	people := m.staff.of(string(p.trust.ODSCode)).all
	if len(people) == 0 || often(r, anonymously) {
		return p
	}
	p.author = pick(r, people)
	p.draft = often(r, unfinished)
	return p
}

// showcase plans what somebody who can sign in finds as their own: events of
// each kind, with a history, withdrawn, of other places, and drafts.
func (m *maker) showcase() []plan {
	var plans []plan
	for _, person := range People() {
		author := m.staff.byEmail[person.Email]
		if author == nil {
			continue
		}
		trust := m.homeOf(person)
		own := func(kind event.Kind, with plan) {
			with.kind, with.author, with.trust, with.days = kind, author, trust, recent
			plans = append(plans, with)
		}
		own(event.KindIncident, plan{revisions: 3, editor: author})
		own(event.KindRisk, plan{revisions: 2})
		own(event.KindGoodCare, plan{revisions: 1})
		own(event.KindOutcome, plan{revisions: 1})
		own(event.KindIncident, plan{revisions: 1, elsewhere: true})
		own(event.KindIncident, plan{revisions: 1, withdrawn: true})
		own(event.KindIncident, plan{draft: true})
		own(event.KindRisk, plan{draft: true})
	}
	return plans
}

// homeOf answers the trust that somebody records for: their own, or one of
// those that they answer for.
func (m *maker) homeOf(p Person) *organisation.Organisation {
	code := p.Organisation
	if code == "" {
		code = firstTrust
	}
	return m.o.Map.ByCode(organisation.ODSCode(code))
}
