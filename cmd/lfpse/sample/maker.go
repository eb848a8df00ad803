package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"lfpse/internal/event"
	"lfpse/internal/organisation"
	"lfpse/internal/taxonomy"
)

// A maker makes events. Any number of goroutines may use one at once.
type maker struct {
	o          Options
	trusts     []*organisation.Organisation
	volumes    draw[*organisation.Organisation]
	sites      map[organisation.ODSCode][]*organisation.Organisation
	neighbours map[organisation.ODSCode][]*organisation.Organisation // of the same region
	staff      *staff
	codes      *taxonomy.Taxonomy
	tails      tails
	calendar   calendar
}

func newMaker(o Options, trusts []*organisation.Organisation, people *staff) (*maker, error) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("finding England's time zone: %w", err)
	}
	until := o.Until.In(zone)
	m := &maker{
		o: o, trusts: trusts, staff: people, codes: o.Taxonomy.Latest(), tails: newTails(o.Taxonomy.Latest()),
		volumes:  volumesOf(rand.New(rand.NewPCG(o.Seed, 2)), trusts),
		sites:    map[organisation.ODSCode][]*organisation.Organisation{},
		calendar: calendar{today: time.Date(until.Year(), until.Month(), until.Day(), 0, 0, 0, 0, zone), zone: zone},
	}
	m.neighbours = neighbours(o.Map, trusts, organisation.DayOf(o.Until))
	for _, trust := range trusts {
		for _, site := range o.Map.Sites(trust.ODSCode) {
			if site.Active {
				m.sites[trust.ODSCode] = append(m.sites[trust.ODSCode], site)
			}
		}
	}
	return m, nil
}

// volumesOf spreads events over trusts unevenly, the two of the sample
// accounts among the busiest.
func volumesOf(r *rand.Rand, trusts []*organisation.Organisation) draw[*organisation.Organisation] {
	volumes := make(weighted[*organisation.Organisation], len(trusts))
	for i, trust := range trusts {
		volumes[i].value, volumes[i].share = trust, math.Exp(r.NormFloat64()*0.8)
		if trust.ODSCode == firstTrust || trust.ODSCode == otherTrust {
			volumes[i].share = 4
		}
	}
	return shares(volumes)
}

// neighbours answers the other trusts of each trust's region.
func neighbours(geography *organisation.Map, trusts []*organisation.Organisation, on organisation.Day) map[organisation.ODSCode][]*organisation.Organisation {
	inRegion := map[organisation.ODSCode][]*organisation.Organisation{}
	regionOf := func(trust *organisation.Organisation) organisation.ODSCode {
		if region := geography.RegionOf(trust.ODSCode, on); region != nil {
			return region.ODSCode
		}
		return ""
	}
	for _, trust := range trusts {
		region := regionOf(trust)
		inRegion[region] = append(inRegion[region], trust)
	}
	others := map[organisation.ODSCode][]*organisation.Organisation{}
	for _, trust := range trusts {
		for _, other := range inRegion[regionOf(trust)] {
			if other != trust {
				others[trust.ODSCode] = append(others[trust.ODSCode], other)
			}
		}
	}
	return others
}

// batch are events on their way into the database.
type batch struct {
	lives  []event.Life
	drafts []event.Draft
}

// add makes what a plan says.
func (m *maker) add(r *rand.Rand, p plan, into *batch) error {
	t := m.say(r, p)
	reference, err := event.DrawReference(seeded{r})
	if err != nil {
		return err
	}
	if p.draft {
		draft, err := m.o.Events.PrepareDraft(*t.in, p.author.principal, t.recorded)
		draft.Reference = reference
		into.drafts = append(into.drafts, draft)
		return err
	}
	life := event.Life{}
	if life.Submission, err = m.submission(p, t); err != nil {
		return err
	}
	life.Row.Reference = reference
	if err := m.follow(r, &life, t, p); err != nil {
		return err
	}
	into.lives = append(into.lives, life)
	return nil
}

// submission is what the service makes of a tale.
func (m *maker) submission(p plan, t *tale) (event.Submission, error) {
	if p.author == nil {
		return m.o.Events.PrepareAnonymous(t.in, t.reasons, t.recorded, m.around(p, t.in))
	}
	return m.o.Events.Prepare(t.in, p.author.principal, t.recorded, m.around(p, t.in))
}

// say invents what a plan's event says, and when it is recorded.
func (m *maker) say(r *rand.Rand, p plan) *tale {
	t := tell(r, p.kind)
	recorded := m.calendar.moment(r, p.days)
	t.recorded, t.happened, t.known = recorded.UTC(), m.calendar.before(r, recorded), knowledge.draw(r)
	t.known.date(t.in, t.happened)
	t.in.OccurredAtOrganisations = m.places(r, p)
	if p.author != nil || often(r, 0.8) {
		t.in.Organisation = pointer(string(p.trust.ODSCode))
	}
	if p.author == nil {
		t.in.ReporterContact, t.reasons = nil, []string{whyAnonymous.draw(r)}
	}
	m.answer(r, t, p.author == nil)
	if p.draft {
		t.unfinish(r)
	}
	return t
}

// unfinish takes away something that an event needs.
func (t *tale) unfinish(r *rand.Rand) {
	switch r.IntN(3) {
	case 0:
		t.in.Description = nil
	case 1:
		t.in.Incident, t.in.Outcome, t.in.Risk, t.in.GoodCare, t.in.Patients = nil, nil, nil, nil, nil
	case 2:
		t.in.OccurredOn, t.in.InvolvedAgents, t.in.SafetyChallenges = nil, nil, nil
	}
}

// places is where something happened: at the trust, at one of its sites, or at
// others'.
func (m *maker) places(r *rand.Rand, p plan) []string {
	code := p.trust.ODSCode
	others, sites := m.neighbours[code], m.sites[code]
	switch {
	case p.elsewhere && len(others) > 0:
		first, second := pick(r, others), pick(r, others)
		if first == second || often(r, 0.7) {
			return []string{string(first.ODSCode)}
		}
		return []string{string(first.ODSCode), string(second.ODSCode)}
	case often(r, 0.02):
		return nil
	case len(sites) > 0 && often(r, 0.6):
		return []string{string(pick(r, sites).ODSCode)}
	}
	return []string{string(code)}
}
