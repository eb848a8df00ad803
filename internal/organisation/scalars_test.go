package organisation

import (
	"strings"
	"testing"
	"time"

	"lfpse/internal/fault"
)

func TestODSCodeIsReadAsTyped(t *testing.T) {
	for typed, want := range map[string]ODSCode{"RGT": "RGT", "rgt01": "RGT01", " y56 ": "Y56", "A1B2C3D4E5": "A1B2C3D4E5"} {
		var code ODSCode
		if err := code.UnmarshalGQL(typed); err != nil || code != want {
			t.Errorf("%q: got %q, %v; want %q", typed, code, err, want)
		}
	}
}

func TestWhatIsNoODSCodeIsRefusedWithoutRepeatingIt(t *testing.T) {
	for _, typed := range []any{"", "RG", "A1B2C3D4E5F", "R-T", "RÉT", "rgt 01", "Mrs Jane Doe", "ſSS", 123, nil} {
		code := ODSCode("kept")
		err := code.UnmarshalGQL(typed)
		if fault.KindOf(err) != fault.BadUserInput {
			t.Errorf("%q: got %v", typed, err)
		}
		if s, _ := typed.(string); s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("the error repeats %q", s)
		}
		if code != "kept" {
			t.Errorf("%q was stored", typed)
		}
	}
}

func TestScalarsAreWrittenAsJSONStrings(t *testing.T) {
	var b strings.Builder
	ODSCode("RGT01").MarshalGQL(&b)
	NHSTrustSite.MarshalGQL(&b)
	Date(2026, time.April, 1).MarshalGQL(&b)
	if got := b.String(); got != `"RGT01""NHS_TRUST_SITE""2026-04-01"` {
		t.Errorf("got %s", got)
	}
}

func TestTypeIsReadByItsName(t *testing.T) {
	for _, want := range Types() {
		var got Type
		if err := got.UnmarshalGQL(string(want)); err != nil || got != want {
			t.Errorf("%s: got %s, %v", want, got, err)
		}
	}
	var got Type
	if err := got.UnmarshalGQL("CASTLE"); fault.KindOf(err) != fault.BadUserInput || strings.Contains(err.Error(), "CASTLE") {
		t.Errorf("got %v", err)
	}
}

func TestDayIsLondons(t *testing.T) {
	tests := []struct{ name, at, want string }{
		{"in winter London keeps Greenwich's time", "2026-01-01T00:00:00Z", "2026-01-01"},
		{"a second earlier is the day before", "2025-12-31T23:59:59Z", "2025-12-31"},
		{"in summer its day begins an hour sooner", "2026-03-31T23:00:00Z", "2026-04-01"},
		{"but not before", "2026-03-31T22:59:59Z", "2026-03-31"},
		{"before 1970 too", "1948-07-04T23:00:00Z", "1948-07-05"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := DayOf(instant(t, test.at))
			if got.String() != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if start := got.Start(); DayOf(start) != got || DayOf(start.Add(-time.Nanosecond)) != got-1 {
				t.Errorf("%s does not begin at %s", got, start)
			}
		})
	}
}

func TestDayIsReadAsADate(t *testing.T) {
	var d Day
	if err := d.UnmarshalGQL("2026-04-01"); err != nil || d != Date(2026, time.April, 1) {
		t.Errorf("got %s, %v", d, err)
	}
	for _, typed := range []any{"1 April 2026", "2026-02-30", "2026-04", "", nil, 20260401} {
		if err := d.UnmarshalGQL(typed); fault.KindOf(err) != fault.BadUserInput {
			t.Errorf("%v: got %v", typed, err)
		}
	}
}
