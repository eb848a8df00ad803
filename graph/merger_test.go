package graph_test

import (
	"strings"
	"testing"
	"time"

	"lfpse/internal/organisation"
)

// An ICB that merges into another passes its organisations on that day, and
// with them who may read: not a day sooner.
func TestAMergerPassesWhoMayReadOnItsDay(t *testing.T) {
	t.Parallel()
	s := newService(t)
	_, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
	const ahead = 10
	merger := organisation.Merger{From: "QUE", Into: "QMM", On: organisation.DayOf(time.Now().AddDate(0, 0, ahead))}
	if err := s.geography.Merge(t.Context(), merger); err != nil {
		t.Fatal(err)
	}
	document := `{ event(reference: "` + reference + `") { reference } icb(odsCode: "QUE") { successor { odsCode } events { totalCount } } organisation(odsCode: "RGT") { icb { odsCode } } }`
	for _, c := range []struct {
		days        int
		old, taking bool
		icb         string
	}{
		{0, true, false, "QUE"},
		{ahead - 1, true, false, "QUE"},
		{ahead, false, true, "QMM"},
		{ahead + 30, false, true, "QMM"},
	} {
		s.later = time.Duration(c.days) * 24 * time.Hour
		for reader, sees := range map[string]bool{readOnlyICB: c.old, heir: c.taking, organisational: true, readOnlyRegion: true, elsewhere: false} {
			answer := s.raw(reader, document, nil)
			if got := strings.Contains(answer, reference); got != sees {
				t.Errorf("after %d days %s sees the event: %t, want %t", c.days, reader, got, sees)
			}
			if !strings.Contains(answer, `"organisation":{"icb":{"odsCode":"`+c.icb+`"}}`) {
				t.Errorf("after %d days the organisation's ICB is not %s: %s", c.days, c.icb, answer)
			}
		}
	}
}
