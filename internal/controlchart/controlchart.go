// Package controlchart makes XmR charts of counts: statistical process control
// as Making Data Count, the programme of NHS England, teaches it.
//
// It is pure: counts in, a chart out. Which rules were chosen, and from whom, is
// in docs/decisions/0021-control-charts.md.
package controlchart

// Chart is an XmR chart of a run of counts.
type Chart struct {
	Mean float64
	// LowerLimit and UpperLimit are the natural process limits. No count lies below
	// zero, and neither does the lower limit.
	LowerLimit, UpperLimit float64
	Points                 []Point
}

// Point is one count.
type Point struct {
	Count int
	// MovingRange is how far the count is from the one before; nil for the first.
	MovingRange *float64
	// Signals are the rules that the point breaks, each once, in the order of their constants.
	Signals []Signal
}

// Of makes the chart of counts, the earliest first.
func Of(counts []int) Chart {
	s := newSeries(counts)
	limit := hundredths / 100.0 * s.averageRange()
	chart := Chart{
		Mean:       s.mean(),
		LowerLimit: max(0, s.mean()-limit),
		UpperLimit: s.mean() + limit,
		Points:     make([]Point, len(counts)),
	}
	for i, count := range counts {
		chart.Points[i] = Point{Count: count, Signals: []Signal{}}
		if i > 0 {
			moved := float64(distance(count, counts[i-1]))
			chart.Points[i].MovingRange = &moved
		}
	}
	for _, r := range rules() {
		for i, breaks := range r.broken(s) {
			if breaks {
				chart.Points[i].Signals = append(chart.Points[i].Signals, r.signal)
			}
		}
	}
	return chart
}

// hundredths is how many average moving ranges the limits lie from the mean, in
// hundredths: 3 divided by 1.128, which makes a standard deviation of the average range of two.
const hundredths = 266

// series is counts with what is summed of them.
type series struct {
	counts      []int
	sum, ranges int
}

func newSeries(counts []int) series {
	s := series{counts: counts}
	for i, count := range counts {
		s.sum += count
		if i > 0 {
			s.ranges += distance(count, counts[i-1])
		}
	}
	return s
}

func distance(a, b int) int { return max(a-b, b-a) }

func (s series) mean() float64 {
	if len(s.counts) == 0 {
		return 0
	}
	return float64(s.sum) / float64(len(s.counts))
}

func (s series) averageRange() float64 {
	if len(s.counts) < 2 {
		return 0
	}
	return float64(s.ranges) / float64(len(s.counts)-1)
}

// side tells whether a count lies farther from the mean than so many thirds of the way
// to a limit: 1 where it does above, -1 below, 0 where not. The lower limit is the
// one that is computed, though it be below zero. Both sides of the comparison are
// multiplied until they are whole, so that rounding never decides.
func (s series) side(i, thirds int) int {
	n := len(s.counts)
	from := (s.counts[i]*n - s.sum) * (n - 1) * 3 * 100
	reach := thirds * hundredths * s.ranges * n
	switch {
	case from > reach:
		return 1
	case from < -reach:
		return -1
	}
	return 0
}
