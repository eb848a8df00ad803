package main

import (
	"strings"
	"testing"

	"lfpse/db/dbtest"
)

func TestDomainsOfBodiesAreKeptOnRecord(t *testing.T) {
	url, data := dbtest.FreshURL(t), t.TempDir()
	say := func(args ...string) (string, error) {
		shown := &terminal{}
		err := run(t.Context(), append(args, "--database-url", url, "--data", data), nil, environment{out: &shown.out, errors: &shown.errors})
		return strings.TrimSpace(shown.out.String()), err
	}
	if out, err := say("keys", "create"); err != nil {
		t.Fatalf("%s %v", out, err)
	}
	for _, test := range []struct {
		args    string
		out     string
		refused string
	}{
		{"domain record QUE cpics.nhs.uk", "The domain is on record.", ""},
		{"domain record Y61 east.england.nhs.uk", "The domain is on record.", ""},
		{"domain record QUE nhs.net", "", "it is nobody's own"},
		{"domain record RGT trust.nhs.uk", "", "not that of an ICB"},
		{"domain list", "ICB\tQUE\tcpics.nhs.uk\nREGION\tY61\teast.england.nhs.uk", ""},
		{"domain forget QUE cpics.nhs.uk", "The domain is no longer on record.", ""},
		{"domain forget QUE cpics.nhs.uk", "", "not on record"},
		{"domain list", "REGION\tY61\teast.england.nhs.uk", ""},
	} {
		out, err := say(strings.Fields(test.args)...)
		if out != test.out || (err == nil) != (test.refused == "") || err != nil && !strings.Contains(err.Error(), test.refused) {
			t.Errorf("%s: %q, %v", test.args, out, err)
		}
	}
}
