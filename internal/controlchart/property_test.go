package controlchart_test

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lfpse/internal/controlchart"
)

// drawn draws counts: rare, or many, and often the same one after the other.
func drawn(r *rapid.T) []int {
	most := rapid.SampledFrom([]int{1, 4, 30, 1000, 10_000_000}).Draw(r, "most")
	return rapid.SliceOfN(rapid.IntRange(0, most), 0, 60).Draw(r, "counts")
}

func signals(counts []int) [][]controlchart.Signal {
	chart := controlchart.Of(counts)
	all := make([][]controlchart.Signal, len(chart.Points))
	for i, p := range chart.Points {
		all[i] = p.Signals
	}
	return all
}

// changed answers counts, each by what is made of it.
func changed(counts []int, change func(int) int) []int {
	all := make([]int, len(counts))
	for i, count := range counts {
		all[i] = change(count)
	}
	return all
}

// How many there are of something does not matter to signals, nor in what they are counted,
// nor which way is up, nor which way time runs.
func TestSignalsStayTheSame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		counts := drawn(r)
		most := 0
		for _, count := range counts {
			most = max(most, count)
		}
		by := rapid.IntRange(1, 1000).Draw(r, "by")
		want := signals(counts)
		for name, other := range map[string][]int{
			"more of them": changed(counts, func(n int) int { return n + by }),
			"times":        changed(counts, func(n int) int { return n * by }),
			"upside down":  changed(counts, func(n int) int { return most - n }),
		} {
			if got := signals(other); !reflect.DeepEqual(got, want) {
				r.Errorf("%s: %v, not %v", name, got, want)
			}
		}
		backwards := slices.Clone(counts)
		slices.Reverse(backwards)
		got := signals(backwards)
		slices.Reverse(got)
		if !reflect.DeepEqual(got, want) {
			r.Errorf("backwards: %v, not %v", got, want)
		}
	})
}

// The mean and the limits move and stretch with the counts; the lower one as far as to zero.
func TestLimitsMoveWithTheCounts(t *testing.T) {
	same := func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) }
	rapid.Check(t, func(r *rapid.T) {
		counts, by := drawn(r), rapid.IntRange(1, 1000).Draw(r, "by")
		if len(counts) == 0 {
			return
		}
		chart := controlchart.Of(counts)
		more := controlchart.Of(changed(counts, func(n int) int { return n + by }))
		if !same(more.Mean, chart.Mean+float64(by)) || !same(more.UpperLimit, chart.UpperLimit+float64(by)) {
			r.Errorf("%d more of each: %v and %v", by, more.Mean, more.UpperLimit)
		}
		times := controlchart.Of(changed(counts, func(n int) int { return n * by }))
		if !same(times.Mean, chart.Mean*float64(by)) || !same(times.UpperLimit, chart.UpperLimit*float64(by)) || !same(times.LowerLimit, chart.LowerLimit*float64(by)) {
			r.Errorf("%d times each: %v, %v and %v", by, times.Mean, times.LowerLimit, times.UpperLimit)
		}
		if reach := chart.UpperLimit - chart.Mean; !same(chart.LowerLimit, max(0, chart.Mean-reach)) {
			r.Errorf("the limits %v and %v are not as far from %v, or less than zero", chart.LowerLimit, chart.UpperLimit, chart.Mean)
		}
	})
}

// Each point has exactly those signals whose rule it breaks, looked for in every place where it may,
// with fractions that are never rounded.
func TestSignalsAreWhatTheRulesSay(t *testing.T) {
	inOrder := []controlchart.Signal{controlchart.OutsideLimits, controlchart.Shift, controlchart.Trend, controlchart.TwoOfThree}
	seen := map[controlchart.Signal]int{}
	rapid.Check(t, func(r *rapid.T) {
		most := rapid.SampledFrom([]int{2, 6, 40}).Draw(r, "most")
		counts := rapid.SliceOfN(rapid.IntRange(0, most), 2, 40).Draw(r, "counts")
		if rapid.Bool().Draw(r, "sorted") { // so that there are trends
			slices.Sort(counts)
		}
		breaks := map[controlchart.Signal]func(i int) bool{
			controlchart.OutsideLimits: func(i int) bool { return farther(counts, i, 3) != 0 },
			controlchart.Shift:         within(7, counts, func(part []int, first int) bool { return onOneSide(counts, first, len(part)) }),
			controlchart.Trend: within(6, counts, func(part []int, _ int) bool {
				falling := slices.Clone(part)
				slices.Reverse(falling)
				return rises(part) || rises(falling)
			}),
			controlchart.TwoOfThree: func(i int) bool {
				return farther(counts, i, 2) != 0 && within(3, counts, func(_ []int, first int) bool {
					return onOneSide(counts, first, 3) && abs(farther(counts, first, 2)+farther(counts, first+1, 2)+farther(counts, first+2, 2)) >= 2
				})(i)
			},
		}
		for i, got := range signals(counts) {
			var want []controlchart.Signal
			for _, signal := range inOrder {
				if breaks[signal](i) {
					want = append(want, signal)
					seen[signal]++
				}
			}
			if !slices.Equal(got, want) {
				r.Errorf("point %d of %v has %v, not %v", i, counts, got, want)
			}
		}
	})
	if len(seen) != len(inOrder) {
		t.Errorf("of all signals only these were seen: %v", seen)
	}
}

// within tells of a point whether any so many in a row that it is one of are as they have to be.
func within(length int, counts []int, are func(part []int, first int) bool) func(i int) bool {
	return func(i int) bool {
		for first := max(0, i-length+1); first <= i && first+length <= len(counts); first++ {
			if are(counts[first:first+length], first) {
				return true
			}
		}
		return false
	}
}

func rises(part []int) bool {
	for i := 1; i < len(part); i++ {
		if part[i] <= part[i-1] {
			return false
		}
	}
	return true
}

func onOneSide(counts []int, first, length int) bool {
	side := farther(counts, first, 0)
	for i := first; i < first+length; i++ {
		if farther(counts, i, 0) != side {
			return false
		}
	}
	return side != 0
}

// farther answers the side of the mean on which a count lies, if it does so by more than so many thirds of
// 2.66 average moving ranges, or else 0.
func farther(counts []int, i int, thirds int64) int {
	var sum, ranges int64
	for j, count := range counts {
		sum += int64(count)
		if j > 0 {
			ranges += int64(abs(count - counts[j-1]))
		}
	}
	from := new(big.Rat).Sub(big.NewRat(int64(counts[i]), 1), big.NewRat(sum, int64(len(counts))))
	reach := new(big.Rat).Mul(big.NewRat(ranges, int64(len(counts)-1)), big.NewRat(266*thirds, 300))
	if new(big.Rat).Abs(from).Cmp(reach) <= 0 {
		return 0
	}
	return from.Sign()
}

func abs(n int) int { return max(n, -n) }
