package controlchart

// Signal is a rule by which a point, or a run of points, is more than chance.
type Signal string

// The four signals of Making Data Count.
const (
	// OutsideLimits is a point above the upper limit or below the lower one.
	OutsideLimits Signal = "OUTSIDE_LIMITS"
	// Shift is seven or more points in a row on one side of the mean.
	Shift Signal = "SHIFT"
	// Trend is six or more points in a row, each above the one before, or each below.
	Trend Signal = "TREND"
	// TwoOfThree is three points in a row on one side of the mean, two or more of which lie farther
	// than two thirds of the way to the limit, or beyond it. Those two or more have the signal.
	TwoOfThree Signal = "TWO_OF_THREE"
)

const (
	shiftPoints = 7
	trendPoints = 6
)

// rule tells of each point whether it is part of what a signal stands for.
type rule struct {
	signal Signal
	broken func(series) []bool
}

func rules() []rule {
	return []rule{{OutsideLimits, series.outside}, {Shift, series.shifts}, {Trend, series.trends}, {TwoOfThree, series.nearLimits}}
}

func (s series) outside() []bool {
	broken := make([]bool, len(s.counts))
	for i := range broken {
		broken[i] = s.side(i, 3) != 0
	}
	return broken
}

// shifts: a point on the mean is on neither side, and ends a run.
func (s series) shifts() []bool {
	sides := make([]int, len(s.counts))
	for i := range sides {
		sides[i] = s.side(i, 0)
	}
	return runs(sides, shiftPoints)
}

// trends: a point that is level with the one before ends a run. The point from
// which a run of steps sets out is part of the trend.
func (s series) trends() []bool {
	broken := make([]bool, len(s.counts))
	if len(s.counts) < trendPoints {
		return broken
	}
	steps := make([]int, len(s.counts)-1)
	for i := range steps {
		steps[i] = sign(s.counts[i+1] - s.counts[i])
	}
	for i, part := range runs(steps, trendPoints-1) {
		if part {
			broken[i], broken[i+1] = true, true
		}
	}
	return broken
}

func (s series) nearLimits() []bool {
	broken := make([]bool, len(s.counts))
	for first := 0; first+3 <= len(s.counts); first++ {
		side := s.side(first, 0)
		if side == 0 || s.side(first+1, 0) != side || s.side(first+2, 0) != side {
			continue
		}
		var near []int
		for i := first; i < first+3; i++ {
			if s.side(i, 2) == side {
				near = append(near, i)
			}
		}
		if len(near) < 2 {
			continue
		}
		for _, i := range near {
			broken[i] = true
		}
	}
	return broken
}

// runs tells of each value whether it is one of at least so many in a row that are
// the same, and not 0.
func runs(values []int, least int) []bool {
	part := make([]bool, len(values))
	for begin := 0; begin < len(values); {
		end := begin
		for end < len(values) && values[end] == values[begin] {
			end++
		}
		for i := begin; i < end && values[begin] != 0 && end-begin >= least; i++ {
			part[i] = true
		}
		begin = end
	}
	return part
}

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
