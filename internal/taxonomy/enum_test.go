package taxonomy

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// What each value of the graph stands for, in the words of the taxonomy.
func meanings() map[string]map[string]string {
	return map[string]map[string]string{
		"yes-no-unknown-codes": {"YES": "Yes", "NO": "No", "UNKNOWN": "I don't know"},
		"agent-type": {
			"MEDICATION": "Medications", "DEVICE": "Devices", "IT_SYSTEM": "IT Systems or Software",
			"BUILDING_OR_INFRASTRUCTURE": "Buildings or Infrastructure", "ESTATES_SERVICE": "Estates Services", "BLOOD": "Blood",
			"BLOOD_PRODUCT": "Blood products", "TISSUE_OR_ORGAN": "Tissues or Organs for transplant", "NONE": "None of the above",
		},
		"safety-challenges": {
			"PRESSURE_ULCER": "Pressure ulcers", "FALL": "Falls", "SELF_HARM": "Self harm", "RADIOTHERAPY": "Radiotherapy incident",
			"HEALTHCARE_ASSOCIATED_INFECTION": "Healthcare associated infection", "SCREENING": "Screening services incident", "NONE": "None of the above",
		},
		"service-type": {
			"ACUTE":     "Acute, general or specialist services (including inpatient, ED, outpatient and 'outsourced hospital care')",
			"MATERNITY": "Maternity services (inpatient or community)", "GENERAL_PRACTICE": "GP including out-of-hours services and minor injury units",
			"NHS_111": "NHS 111", "AMBULANCE": "Ambulance and 999", "MENTAL_HEALTH": "Mental health services (inpatient or community)",
			"COMMUNITY_THERAPY": "Community therapy services", "COMMUNITY_NURSING": "Community general/district nursing", "PRISON": "Prison healthcare",
			"COMMUNITY_PHARMACY": "Community pharmacy", "COMMUNITY_OPTOMETRY": "Community optometry", "COMMUNITY_DENTISTRY": "Community dentistry",
			"CARE_HOME": "Care home services (residential or nursing)", "INTERMEDIATE_CARE": "Intermediate care services",
			"SOCIAL_CARE": "Social care services", "LEARNING_DISABILITY_AND_AUTISM": "LD and Autism services", "UNKNOWN": "I don't know",
		},
		"level-of-physical-harm": {
			"NONE": "No physical harm", "LOW": "Low physical harm", "MODERATE": "Moderate physical harm", "SEVERE": "Severe physical harm", "FATAL": "Fatal",
		},
		"level-of-psychological-harm": {
			"NONE": "No psychological harm", "LOW": "Low psychological harm", "MODERATE": "Moderate psychological harm", "SEVERE": "Severe psychological harm",
		},
		"worry-scale": {
			"NOT_AT_ALL": "Not at all concerned", "NOT_VERY": "Not very concerned", "FAIRLY": "Fairly concerned", "VERY": "Very concerned",
		},
	}
}

func TestEveryEnumValueStandsForItsCodeAndNoOther(t *testing.T) {
	v5 := five(t)
	for system, values := range meanings() {
		if codes := v5.CodeSystem(system).Codes(nil); len(codes) != len(values) {
			t.Errorf("%s has %d codes, its enum %d values", system, len(codes), len(values))
		}
		for value, label := range values {
			code, ok := v5.CodeOf(system, value)
			if !ok {
				t.Errorf("%s of %s has no code", value, system)
			}
			if got, _ := v5.Label(system, code); got != label {
				t.Errorf("%s of %s stands for %q, want %q", value, system, got, label)
			}
			if back, ok := v5.ValueOf(system, code); !ok || back != value {
				t.Errorf("%s of %s comes back as %q", value, system, back)
			}
		}
	}
}

func TestUnknownEnumValuesHaveNoCode(t *testing.T) {
	v5 := five(t)
	if _, ok := v5.CodeOf("agent-type", "FALL"); ok {
		t.Error("a value of another enum was found")
	}
	if _, ok := v5.ValueOf("worry-scale", "2"); ok {
		t.Error("the scale of concern has no 2")
	}
	if _, ok := v5.CodeOf("gender", "FEMALE"); ok {
		t.Error("a system without an enum has one")
	}
}

func TestTheGraphsEnumsAreThese(t *testing.T) {
	graph := graphEnums(t)
	v5 := five(t)
	for system, values := range meanings() {
		name := v5.enums[system].name
		published, ok := graph[name]
		if !ok {
			t.Errorf("the graph has no enum %s", name)
			continue
		}
		slices.Sort(published)
		var want []string
		for value := range values {
			want = append(want, value)
		}
		slices.Sort(want)
		if !slices.Equal(published, want) {
			t.Errorf("%s: the graph has %v, the taxonomy %v", name, published, want)
		}
	}
}

func graphEnums(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("../../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatalf("finding the schema: %d files, %v", len(files), err)
	}
	enums := map[string][]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document, err := parser.ParseSchema(&ast.Source{Name: file, Input: string(text)})
		if err != nil {
			t.Fatal(err)
		}
		for _, definition := range document.Definitions {
			for _, value := range definition.EnumValues {
				enums[definition.Name] = append(enums[definition.Name], value.Name)
			}
		}
	}
	return enums
}
