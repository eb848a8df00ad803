package accessrequest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// told lists the codes of problems, each with its path.
func told(problems fault.Problems) string {
	var all []string
	for _, p := range problems {
		all = append(all, string(p.Code)+" "+strings.Join(p.Path, "."))
	}
	return strings.Join(all, ", ")
}

func TestWhatCanBeAskedFor(t *testing.T) {
	trust, icb, country := authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}, authz.Area{Type: authz.AreaICB, Code: "QUE"}, authz.Area{Type: authz.AreaNational}
	for name, test := range map[string]struct {
		asking Asking
		area   authz.Area
		gone   bool
		own    bool
		want   string
	}{
		"a role on a trust":                  {Asking{Role: authz.Organisational, Reason: "So."}, trust, false, true, ""},
		"a role elsewhere":                   {Asking{Role: authz.Admin, Reason: "So."}, icb, false, false, ""},
		"a role on nothing":                  {Asking{Role: authz.Admin, Reason: "So."}, trust, true, false, "UNKNOWN_CODE area"},
		"a role on the country":              {Asking{Role: authz.Admin, Reason: "So."}, country, false, false, "NOT_ALLOWED role"},
		"to be a lead":                       {Asking{Role: authz.NationalLead, Reason: "So."}, country, false, false, "NOT_ALLOWED role"},
		"to be on the staff":                 {Asking{Role: authz.Standard, Reason: "So."}, trust, false, true, "NOT_ALLOWED role"},
		"a role that is none":                {Asking{Role: "KING", Reason: "So."}, trust, false, true, "NOT_ALLOWED role"},
		"to read one's own body":             {Asking{Role: authz.ReadOnly, Reason: "So."}, icb, false, true, ""},
		"to read another":                    {Asking{Role: authz.ReadOnly, Reason: "So."}, icb, false, false, "REQUIRED agreement"},
		"to read another under an agreement": {Asking{Role: authz.ReadOnly, Reason: "So.", Agreement: "DSA 12"}, icb, false, false, ""},
		"more under an agreement":            {Asking{Role: authz.Admin, Reason: "So.", Agreement: "DSA 12"}, icb, false, false, "NOT_APPLICABLE agreement"},
		"without saying why":                 {Asking{Role: authz.Admin}, icb, false, false, "REQUIRED reason"},
		"at length":                          {Asking{Role: authz.Admin, Reason: strings.Repeat("é", maxReason)}, icb, false, false, ""},
		"at more than length":                {Asking{Role: authz.Admin, Reason: strings.Repeat("é", maxReason+1)}, icb, false, false, "TOO_LONG reason"},
		"with what PostgreSQL does not keep": {Asking{Role: authz.Admin, Reason: "a\x00b"}, icb, false, false, "INVALID reason"},
		"what is no text":                    {Asking{Role: authz.Admin, Reason: "a\xff"}, icb, false, false, "INVALID reason"},
		"with an endless agreement":          {Asking{Role: authz.ReadOnly, Reason: "So.", Agreement: strings.Repeat("1", maxAgreement+1)}, icb, false, false, "TOO_LONG agreement"},
	} {
		if got := told(test.asking.check(test.area, !test.gone, test.own)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestWhatCanBeDecided(t *testing.T) {
	today := time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC)
	agreement := "DSA 12"
	plain, underAgreement := &Request{}, &Request{Agreement: &agreement}
	for name, test := range map[string]struct {
		move  Move
		d     Deciding
		about *Request
		want  string
	}{
		"approved, open-ended":                    {Approve, Deciding{}, plain, ""},
		"approved for today":                      {Approve, Deciding{Until: today}, plain, ""},
		"approved for yesterday":                  {Approve, Deciding{Until: today.AddDate(0, 0, -1)}, plain, "INVALID until"},
		"approved under an agreement, open-ended": {Approve, Deciding{}, underAgreement, "REQUIRED until"},
		"approved under an agreement":             {Approve, Deciding{Until: today}, underAgreement, ""},
		"rejected":                                {Reject, Deciding{Reason: "No."}, underAgreement, ""},
		"rejected without a reason":               {Reject, Deciding{}, plain, "REQUIRED reason"},
		"rejected with an end":                    {Reject, Deciding{Reason: "No.", Until: today}, plain, "NOT_APPLICABLE until"},
		"rejected at more than length":            {Reject, Deciding{Reason: strings.Repeat("a", maxReason+1)}, plain, "TOO_LONG reason"},
		"taken back":                              {Cancel, Deciding{}, underAgreement, ""},
	} {
		if got := told(test.d.check(test.move, test.about, today)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// A last day counts whole, by England's clock, on the days too when that is moved.
func TestALastDayCountsWhole(t *testing.T) {
	england, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for last, want := range map[string]string{
		"2026-01-31": "2026-02-01T00:00:00Z",
		"2026-03-28": "2026-03-29T00:00:00Z", // the clock moves on the day after
		"2026-03-29": "2026-03-29T23:00:00Z",
		"2026-10-25": "2026-10-26T00:00:00Z",
		"2026-12-31": "2027-01-01T00:00:00Z",
	} {
		day, err := time.Parse(time.DateOnly, last)
		if err != nil {
			t.Fatal(err)
		}
		if got := endOf(england, day).Format(time.RFC3339); got != want {
			t.Errorf("%s ends at %s, want %s", last, got, want)
		}
		if got := dayIn(england, endOf(england, day).Add(-time.Nanosecond)); !got.Equal(day) {
			t.Errorf("the last instant of %s is on %s", last, got)
		}
	}
	if got := endOf(england, time.Time{}); !got.IsZero() {
		t.Errorf("open-ended ends at %s", got)
	}
}

func TestEveryMoveEndsTheWait(t *testing.T) {
	want := map[Move]Status{Approve: Approved, Reject: Rejected, Cancel: Cancelled, "forget": ""}
	for move, status := range want {
		if got := move.To(); got != status {
			t.Errorf("%s makes it %s", fmt.Sprint(move), got)
		}
	}
}
