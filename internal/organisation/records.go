package organisation

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Edition tells two readings of the map apart: the version rises with every
// change, and a new day closes what had its last one.
type Edition struct {
	Version int64
	Day     Day
}

// Records are the whole map as it is stored, at one version and as of one day.
type Records struct {
	Edition
	Regions       []Region
	ICBs          []ICB
	Organisations []Organisation
	// Regional says which region each ICB is in; Memberships, which ICB each
	// organisation belongs to. An organisation without a membership on a day belongs to its
	// parent's ICB.
	Regional    []Relation
	Memberships []Relation
}

// Relation puts something in something larger from one day to another, both
// included: Always and Forever where it is open.
type Relation struct {
	Of, In      ODSCode
	From, Until Day
}

func (r Relation) span() span { return span{from: r.From, until: r.Until} }

func byFirstDay(a, b Relation) int { return cmp.Compare(a.From, b.From) }

// relations are what each code belongs to, in order of time.
type relations map[ODSCode][]Relation

// newRelations refuses relations that contradict each other: an organisation in two
// ICBs on one day would be open to the readers of both.
func newRelations(all []Relation, noun string) (relations, error) {
	rs := relations{}
	for _, r := range all {
		if r.Until < r.From {
			return nil, fmt.Errorf("%s %s belongs to %s from %s: the end is before the beginning", noun, r.Of, r.In, r.span())
		}
		rs[r.Of] = append(rs[r.Of], r)
	}
	for of, own := range rs {
		slices.SortFunc(own, byFirstDay)
		for i := 1; i < len(own); i++ {
			if own[i].From <= own[i-1].Until {
				return nil, fmt.Errorf("%s %s belongs to both %s and %s on %s", noun, of, own[i-1].In, own[i].In, own[i].From)
			}
		}
	}
	return rs, nil
}

// on answers what of belongs to on a day; empty for nothing.
func (rs relations) on(of ODSCode, day Day) ODSCode {
	for _, r := range rs[of] {
		if r.span().contains(day) {
			return r.In
		}
	}
	return ""
}

// near answers what of belongs to on a day or, where that is nothing, last did
// before it, or will first.
func (rs relations) near(of ODSCode, day Day) ODSCode {
	var found ODSCode
	for i, r := range rs[of] {
		if i == 0 || r.From <= day {
			found = r.In
		}
	}
	return found
}

// check refuses records from which no Map can be made, naming what is wrong.
func (r Records) check() error {
	regions := codes(r.Regions, func(x Region) ODSCode { return x.ODSCode })
	icbs := codes(r.ICBs, func(x ICB) ODSCode { return x.ODSCode })
	organisations := codes(r.Organisations, func(x Organisation) ODSCode { return x.ODSCode })
	return errors.Join(
		unique("region", len(r.Regions), regions),
		unique("ICB", len(r.ICBs), icbs),
		unique("organisation", len(r.Organisations), organisations),
		known("ICB", "region", r.Regional, icbs, regions),
		known("organisation", "ICB", r.Memberships, organisations, icbs),
		r.checkICBs(icbs),
		r.checkParents(organisations),
	)
}

func (r Records) checkICBs(icbs map[ODSCode]bool) error {
	placed := map[ODSCode]bool{}
	for _, relation := range r.Regional {
		placed[relation.Of] = true
	}
	successors := map[ODSCode]ODSCode{}
	for _, icb := range r.ICBs {
		switch {
		case !placed[icb.ODSCode]:
			return fmt.Errorf("ICB %s is in no region", icb.ODSCode)
		case icb.lifetime().until < icb.lifetime().from:
			return fmt.Errorf("ICB %s ends before it begins", icb.ODSCode)
		case icb.SuccessorCode == "":
			continue
		case icb.Until == nil:
			return fmt.Errorf("ICB %s has a successor but no last day", icb.ODSCode)
		case !icbs[icb.SuccessorCode]:
			return fmt.Errorf("ICB %s is succeeded by %s, which is not an ICB", icb.ODSCode, icb.SuccessorCode)
		}
		successors[icb.ODSCode] = icb.SuccessorCode
	}
	return acyclic("ICBs", successors)
}

func (r Records) checkParents(organisations map[ODSCode]bool) error {
	parents := map[ODSCode]ODSCode{}
	for _, o := range r.Organisations {
		if !o.Type.Valid() {
			return fmt.Errorf("organisation %s is of no known type", o.ODSCode)
		}
		if o.ParentCode == "" {
			continue
		}
		if !organisations[o.ParentCode] {
			return fmt.Errorf("organisation %s is part of %s, which is not an organisation", o.ODSCode, o.ParentCode)
		}
		parents[o.ODSCode] = o.ParentCode
	}
	return acyclic("organisations", parents)
}

func codes[T any](all []T, code func(T) ODSCode) map[ODSCode]bool {
	set := make(map[ODSCode]bool, len(all))
	for _, x := range all {
		set[code(x)] = true
	}
	return set
}

func unique(noun string, count int, set map[ODSCode]bool) error {
	if count != len(set) {
		return fmt.Errorf("a code stands for more than one %s", noun)
	}
	return nil
}

func known(ofNoun, inNoun string, all []Relation, of, in map[ODSCode]bool) error {
	for _, r := range all {
		if !of[r.Of] {
			return fmt.Errorf("%s, which belongs to %s, is not an %s", r.Of, r.In, ofNoun)
		}
		if !in[r.In] {
			return fmt.Errorf("%s %s belongs to %s, which is not an %s", ofNoun, r.Of, r.In, inNoun)
		}
	}
	return nil
}
