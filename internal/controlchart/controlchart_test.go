package controlchart_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lfpse/internal/controlchart"
)

// signalled answers the signals of a chart as "position:SIGNAL", positions counted from 0.
func signalled(chart controlchart.Chart) string {
	var all []string
	for i, p := range chart.Points {
		for _, s := range p.Signals {
			all = append(all, fmt.Sprintf("%d:%s", i, s))
		}
	}
	return strings.Join(all, " ")
}

// each writes a signal for every position from first to last.
func each(signal controlchart.Signal, first, last int) string {
	var all []string
	for i := first; i <= last; i++ {
		all = append(all, fmt.Sprintf("%d:%s", i, signal))
	}
	return strings.Join(all, " ")
}

// What others have published, or can be worked out from their data by hand.
func TestPublishedCharts(t *testing.T) {
	for name, published := range map[string]struct {
		counts             []int
		mean, lower, upper float64
		signals            string
	}{
		// The vignette of NHSRplotthedots on how it differs from the spreadsheets of Making Data Count, as those have it: the mean
		// is 1.94, the limits 6.95 and -3.06, with no outlier left out of the ranges.
		"NHSRplotthedots, as the spreadsheets have it": {
			[]int{1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}, 1.94, 0, 6.95, "4:OUTSIDE_LIMITS",
		},
		// Wheeler, Understanding Variation, the deficits in US trade of July to December 1988, in hundreds of millions of dollars: the
		// ranges 7, 20, 9, 3 and 1 are 8 on average.
		"Wheeler's deficits": {[]int{105, 112, 92, 101, 104, 105}, 103.17, 81.89, 124.45, ""},
		// Wheeler and Chambers, Understanding Statistical Process Control, accounts receivable: 16 values add up to 66,168
		// and their ranges to 5,339.
		"Wheeler's accounts": {
			[]int{5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200}, 4135.5, 3188.72, 5082.28,
			each(controlchart.Shift, 8, 11) + " 12:SHIFT 12:TWO_OF_THREE 13:SHIFT 14:SHIFT 14:TWO_OF_THREE 15:OUTSIDE_LIMITS",
		},
		// The adults of the data that NHS England sends out with its SQL for charts: 28 months add up to 1,370, their ranges to 292.
		"NHS England's adults": {
			[]int{53, 51, 48, 20, 50, 80, 48, 47, 45, 43, 40, 35, 55, 30, 25, 22, 21, 61, 59, 60, 42, 58, 59, 61, 63, 65, 70, 59}, 48.93, 20.16, 77.70,
			"3:OUTSIDE_LIMITS 5:OUTSIDE_LIMITS " + each(controlchart.Trend, 5, 11) + " " + each(controlchart.TwoOfThree, 14, 16) + " 20:TREND" +
				" 21:SHIFT 21:TREND 22:SHIFT 22:TREND 23:SHIFT 23:TREND 24:SHIFT 24:TREND 25:SHIFT 25:TREND 26:SHIFT 26:TREND 27:SHIFT",
		},
	} {
		t.Run(name, func(t *testing.T) {
			chart := controlchart.Of(published.counts)
			for _, value := range []struct {
				name      string
				got, want float64
			}{
				{"mean", chart.Mean, published.mean}, {"lower limit", chart.LowerLimit, published.lower}, {"upper limit", chart.UpperLimit, published.upper},
			} {
				if math.Abs(value.got-value.want) > 0.005 {
					t.Errorf("the %s is %.4f, not %.2f", value.name, value.got, value.want)
				}
			}
			if got := signalled(chart); got != published.signals {
				t.Errorf("signals\n%s\nnot\n%s", got, published.signals)
			}
		})
	}
}

func TestMovingRanges(t *testing.T) {
	chart := controlchart.Of([]int{3, 7, 7, 2})
	if first := chart.Points[0].MovingRange; first != nil {
		t.Errorf("the first point has the range %v", *first)
	}
	for i, want := range []float64{4, 0, 5} {
		if got := *chart.Points[i+1].MovingRange; got != want {
			t.Errorf("the range of point %d is %v, not %v", i+1, got, want)
		}
	}
	if want := 4.75 + 2.66*3; chart.UpperLimit != want {
		t.Errorf("the upper limit is %v, not %v", chart.UpperLimit, want)
	}
}

// Each rule at its edge: one point, or one step, makes the difference.
func TestSignals(t *testing.T) {
	for name, of := range map[string]struct {
		counts []int
		want   string
	}{
		"nothing of nothing":        {nil, ""},
		"nothing of one":            {[]int{5}, ""},
		"nothing of what is level":  {[]int{4, 4, 4, 4, 4, 4, 4, 4, 4}, ""},
		"nothing of what is chance": {[]int{5, 7, 4, 6, 5, 6, 4, 7, 5}, ""},

		// The mean is 2, and the ranges add up to 20 in 9: the limit lies 5.91 away.
		"above the limit": {[]int{1, 1, 1, 1, 1, 11, 1, 1, 1, 1}, "5:OUTSIDE_LIMITS"},
		// The mean is 10.
		"below the limit": {[]int{11, 11, 11, 11, 11, 1, 11, 11, 11, 11}, "5:OUTSIDE_LIMITS"},
		// The mean is 9, and the ranges add up to 50 in 7: the limit lies 19 away.
		"on the limit is within": {[]int{6, 5, 5, 4, 28, 13, 7, 4}, ""},
		// The mean is 9.125, and the ranges add up to 52 in 7: the limit lies 19.76 away.
		"past the limit": {[]int{6, 5, 5, 4, 29, 13, 7, 4}, "4:OUTSIDE_LIMITS"},

		// The mean is 10.
		"seven on one side of the mean":  {[]int{11, 15, 11, 15, 11, 15, 12, 5, 8, 5, 9, 5, 8}, each(controlchart.Shift, 0, 6)},
		"six on each side are not":       {[]int{11, 15, 11, 15, 11, 15, 5, 8, 6, 9, 5, 9}, ""},
		"a point on the mean ends a run": {[]int{11, 15, 11, 15, 10, 11, 15, 12, 5, 6, 4, 5}, ""},
		"the whole of a run of nine":     {[]int{11, 15, 11, 15, 11, 15, 11, 15, 11, 5, 6, 5, 6, 5, 4}, each(controlchart.Shift, 0, 8)},

		"six rising":                    {[]int{5, 2, 3, 4, 5, 6, 7, 4, 5, 4}, each(controlchart.Trend, 1, 6)},
		"five rising are not":           {[]int{5, 2, 3, 4, 5, 6, 3, 5, 2, 5}, ""},
		"a level step ends a trend":     {[]int{5, 2, 3, 4, 4, 5, 6, 7, 3, 5}, ""},
		"a trend up and a trend down":   {[]int{2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 7}, each(controlchart.Trend, 0, 10)},
		"the whole of a trend of eight": {[]int{5, 2, 3, 4, 5, 6, 7, 8, 9, 3, 6, 2}, each(controlchart.Trend, 1, 8)},

		// The mean is 10.5, and two thirds of the way to the limit are 3.66.
		"two of three near a limit": {[]int{10, 11, 9, 10, 11, 9, 10, 15, 12, 15, 9, 10, 11, 9, 8, 9}, "7:TWO_OF_THREE 9:TWO_OF_THREE"},
		// 10.375 and 3.19.
		"one of three is not": {[]int{10, 11, 9, 10, 11, 9, 10, 15, 12, 13, 9, 10, 11, 9, 8, 9}, ""},
		// 10.3125 and 4.37.
		"two with one on the other side between them": {[]int{10, 11, 9, 10, 11, 9, 10, 15, 9, 15, 9, 10, 11, 9, 8, 9}, ""},
		// 10.5625 and 3.19, and the limit lies 4.79 away.
		"beyond the limit is near it": {[]int{10, 11, 9, 10, 11, 9, 10, 16, 15, 12, 9, 10, 11, 9, 8, 9}, "7:OUTSIDE_LIMITS 7:TWO_OF_THREE 8:TWO_OF_THREE"},
		// 10.27 and 2.53; there are no three.
		"two at the end": {[]int{10, 11, 9, 10, 11, 9, 10, 9, 10, 11, 9, 8, 9, 14, 14}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			chart := controlchart.Of(of.counts)
			if got := signalled(chart); got != of.want {
				t.Errorf("signals %q, not %q; mean %v, limits %v and %v", got, of.want, chart.Mean, chart.LowerLimit, chart.UpperLimit)
			}
		})
	}
}
