package event

import (
	"context"
	"fmt"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/controlchart"
	"lfpse/internal/fault"
)

// ControlChart is an XmR chart of how many events there are in each interval of a time.
type ControlChart struct {
	Interval                     ChartInterval
	Mean, LowerLimit, UpperLimit float64
	Points                       []*ChartPoint
}

// ChartPoint is how many events there are in one interval.
type ChartPoint struct {
	// From is the interval's first day, at midnight UTC.
	From        time.Time
	Count       int
	MovingRange *float64
	Signals     []controlchart.Signal
}

// ChartArgs are the arguments of a control chart.
type ChartArgs struct {
	Filter   *Filter
	Interval ChartInterval
	// From and To are the first and the last day, at midnight UTC, that the chart is of.
	From, To *time.Time
	By       DateField
}

// ControlChart draws the chart of the events that the reader may see, as Statistics
// counts them, in one statement.
func (s *Service) ControlChart(ctx context.Context, args ChartArgs) (*ControlChart, error) {
	now := s.now()
	days, err := args.days(now, s.zone)
	if err != nil {
		return nil, err
	}
	asked := StatisticsArgs{Filter: args.during(days, s.zone), GroupBy: []Dimension{args.Interval.dimension()}, By: args.By}
	counted, err := s.count(ctx, []*authz.Area{nil}, asked, MaxChartPoints+1, now)
	if err != nil {
		return nil, fmt.Errorf("counting events for a chart: %w", err)
	}
	return chartOf(args.Interval, days, counted[0].Groups), nil
}

// days answers the first days of the chart's intervals, and that of the one after the last.
func (a ChartArgs) days(now time.Time, zone *time.Location) ([]time.Time, error) {
	if a.From != nil && a.To != nil && a.To.Before(*a.From) {
		return nil, fault.New(fault.BadUserInput, "to lies before from: give the day on which the chart begins as from, and the one on which it ends as to.")
	}
	return a.window(now, zone).intervals(a.Interval)
}

// window is the days that a chart may be of, as its arguments and its filter bound them.
func (a ChartArgs) window(now time.Time, zone *time.Location) chartWindow {
	w := chartWindow{from: a.From, until: dayOf(now, zone)}
	if a.To != nil {
		w.endsBefore(a.To.AddDate(0, 0, 1))
	}
	if a.Filter == nil {
		return w
	}
	switch f := a.Filter; a.By {
	case CountedByOccurredOn:
		if f.OccurredFrom != nil {
			w.beginsOn(*f.OccurredFrom)
		}
		if f.OccurredTo != nil {
			w.endsBefore(f.OccurredTo.AddDate(0, 0, 1))
		}
	default:
		if f.RecordedFrom != nil {
			w.beginsOn(firstWholeDay(*f.RecordedFrom, zone))
		}
		if f.RecordedTo != nil {
			w.endsBefore(dayOf(*f.RecordedTo, zone))
		}
	}
	return w
}

// during is the chart's filter, of the days alone that it shows: the last of days is the first that it does not.
func (a ChartArgs) during(days []time.Time, zone *time.Location) *Filter {
	f := Filter{}
	if a.Filter != nil {
		f = *a.Filter
	}
	first, until := days[0], days[len(days)-1]
	if a.By == CountedByOccurredOn {
		last := until.AddDate(0, 0, -1)
		f.OccurredFrom, f.OccurredTo = &first, &last
		return &f
	}
	from, to := startOf(first, zone), startOf(until, zone)
	f.RecordedFrom, f.RecordedTo = &from, &to
	return &f
}

// chartOf draws the chart of groups by interval. Intervals without a group have no events; groups
// without an interval are of events whose date is not as exactly known.
func chartOf(interval ChartInterval, days []time.Time, groups []CountedGroup) *ControlChart {
	found := map[string]int{}
	for _, g := range groups {
		if code := g.Keys[0]; code != nil {
			found[*code] = g.Count
		}
	}
	counts := make([]int, len(days)-1)
	for i := range counts {
		counts[i] = found[interval.code(days[i])]
	}
	xmr := controlchart.Of(counts)
	chart := &ControlChart{
		Interval: interval, Mean: xmr.Mean, LowerLimit: xmr.LowerLimit, UpperLimit: xmr.UpperLimit,
		Points: make([]*ChartPoint, len(counts)),
	}
	for i, p := range xmr.Points {
		chart.Points[i] = &ChartPoint{From: days[i], Count: p.Count, MovingRange: p.MovingRange, Signals: p.Signals}
	}
	return chart
}
