package history

import (
	"strings"
	"testing"

	"lfpse/internal/taxonomy"
)

func latest(t *testing.T) *taxonomy.Taxonomy {
	t.Helper()
	registry, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	return registry.Latest()
}

func TestAMappingIsToldEverythingThatIsWrongWithIt(t *testing.T) {
	codes := latest(t)
	for name, c := range map[string]struct {
		text string
		says []string
	}{
		"no JSON":         {`{`, []string{"reading the mapping"}},
		"another member":  {`{"referense": "Ref"}`, []string{"unknown field"}},
		"nothing":         {`{}`, []string{"reference is missing", "fields.kind is missing"}},
		"no source":       {mapped(`"description": {}`), []string{"fields.description: give a column, or a value"}},
		"two sources":     {mapped(`"description": {"column": "A", "value": "B"}`), []string{"fields.description: give a column, or a value"}},
		"no such field":   {mapped(`"descripton": {"column": "A"}`), []string{"fields.descripton: no field"}},
		"the client's":    {mapped(`"organisation": {"value": "RGT"}`), []string{"fields.organisation: no field"}},
		"an admin's":      {mapped(`"AdverseEventGovernance.NeverEvent": {"column": "A"}`), []string{"fields.AdverseEventGovernance.NeverEvent: no field"}},
		"the service's":   {mapped(`"AdverseEventReferenceMetadata.ReferenceNumber": {"column": "A"}`), []string{"fields.AdverseEventReferenceMetadata.ReferenceNumber: no field"}},
		"an age of what":  {mapped(`"patients.age": {"column": "A"}`), []string{"fields.patients.age: say what an age counts"}},
		"several of one":  {mapped(`"levelOfConcern": {"column": "A", "separator": ";"}`), []string{"fields.levelOfConcern: it takes one answer"}},
		"a date's letter": {mapped(`"occurredOn": {"column": "A", "date": "DD.MM.JJJJ"}`), []string{"fields.occurredOn: write the date in DD, MM and YYYY"}},
		"two things":      {mapped(`"a": {"column": "A"}, "b": {"column": "A"}`), []string{"fields.a:", "fields.b:"}},
	} {
		_, err := ReadMapping(strings.NewReader(c.text), codes)
		if err == nil {
			t.Errorf("%s is taken", name)
			continue
		}
		for _, want := range c.says {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: it says %v, without %s", name, err, want)
			}
		}
	}
	if _, err := ReadMapping(strings.NewReader(mapped(`"description": {"column": "A"}`)), codes); err != nil {
		t.Errorf("a mapping is refused: %v", err)
	}
}

// mapped is a mapping of the kind, and of other fields.
func mapped(fields string) string {
	return `{"reference": "Ref", "fields": {"kind": {"value": "INCIDENT"}, ` + fields + `}}`
}
