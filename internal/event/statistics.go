package event

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

const (
	// maxDimensions is by how many dimensions at once events are counted.
	maxDimensions = 3
	// MaxGroups is how many groups one answer has at most, all areas together.
	MaxGroups = 20_000
)

// Statistics is how many events there are, in all and by group.
type Statistics struct {
	Total       int
	Overlapping bool
	Groups      []*Group
	AsAt        time.Time
}

// Group is how many events have one value in each dimension.
type Group struct {
	Keys  []*DimensionValue
	Count int
}

// DimensionValue is a value of a dimension; without a code, that there is none.
type DimensionValue struct {
	Dimension Dimension
	Code      *string
	Label     string

	rank int
	last bool
}

// StatisticsArgs are the arguments of statistics.
type StatisticsArgs struct {
	Filter  *Filter
	GroupBy []Dimension
	By      DateField
}

// Counting is a question for how many events each area of a listing has, by dimensions.
type Counting struct {
	Listing
	Dimensions []Dimension
	By         DateField
	// Homes is where organisations belong; empty unless a dimension asks for it.
	Homes Homes
	// AtMost is how many groups are wanted at most; where there are more, they
	// are not answered.
	AtMost int
}

// Homes lists organisations beside the ICB and the region of each, "" for none.
type Homes struct {
	Organisations, ICBs, Regions []string
}

// Counted is how many events an area has.
type Counted struct {
	Total  int
	Groups []CountedGroup
}

// CountedGroup is how many of them have one code, or none, in each dimension.
type CountedGroup struct {
	Keys  []*string
	Count int
}

// Statistics counts the events that the reader may see in each area, in their
// order, in one statement whatever their number. A nil area is no restriction.
func (s *Service) Statistics(ctx context.Context, areas []*authz.Area, args StatisticsArgs) ([]*Statistics, error) {
	if err := checkDimensions(args.GroupBy); err != nil {
		return nil, err
	}
	now := s.now()
	counted, err := s.count(ctx, areas, args, MaxGroups, now)
	if err != nil {
		return nil, fmt.Errorf("counting events by dimensions: %w", err)
	}
	return s.statistics(counted, args.GroupBy, now)
}

// count counts the events that the reader may see in each area, by as many groups as are wanted at most.
func (s *Service) count(ctx context.Context, areas []*authz.Area, args StatisticsArgs, atMost int, now time.Time) ([]Counted, error) {
	counting := Counting{Dimensions: args.GroupBy, By: args.By, AtMost: atMost}
	scope, err := s.byOneMap(ctx, func() (err error) {
		if counting.Listing, err = s.listing(ListArgs{Filter: args.Filter}, now); err != nil {
			return err
		}
		counting.Areas = s.members(areas, now)
		counting.Indexed = s.indexed(areas, counting.Listing, now)
		if slices.ContainsFunc(args.GroupBy, Dimension.Geographical) {
			counting.Homes.Organisations, counting.Homes.ICBs, counting.Homes.Regions = s.geography.Homes(now)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.store.Statistics(ctx, scope, counting)
}

func checkDimensions(dimensions []Dimension) error {
	if len(dimensions) > maxDimensions {
		return fault.New(fault.BadUserInput, "groupBy takes at most "+strconv.Itoa(maxDimensions)+" dimensions.")
	}
	seen := map[Dimension]bool{}
	for _, d := range dimensions {
		if seen[d] {
			return fault.New(fault.BadUserInput, "groupBy takes each dimension once.")
		}
		seen[d] = true
	}
	return nil
}

// statistics gives what was counted its labels and order.
func (s *Service) statistics(counted []Counted, dimensions []Dimension, now time.Time) ([]*Statistics, error) {
	labellers := make([]*labeller, len(dimensions))
	overlapping := false
	for i, d := range dimensions {
		labellers[i] = s.labeller(d)
		overlapping = overlapping || d.Overlaps()
	}
	all, groups := make([]*Statistics, len(counted)), 0
	for i, c := range counted {
		if groups += len(c.Groups); groups > MaxGroups {
			return nil, fault.New(fault.TooComplex, "There are more than "+strconv.Itoa(MaxGroups)+
				" groups: ask for fewer dimensions, or for fewer events.")
		}
		all[i] = &Statistics{Total: c.Total, Overlapping: overlapping, AsAt: now, Groups: make([]*Group, len(c.Groups))}
		for n, g := range c.Groups {
			all[i].Groups[n] = &Group{Keys: make([]*DimensionValue, len(g.Keys)), Count: g.Count}
			for k, code := range g.Keys {
				all[i].Groups[n].Keys[k] = labellers[k].value(code)
			}
		}
		sortGroups(all[i].Groups)
	}
	return all, nil
}
