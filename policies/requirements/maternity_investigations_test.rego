package requirements_test

maternity := {"service_areas": ["MATERNITY"]}

# The day of recording that each programme took its last referral before, or its first on.
days_of := {"mnsi": ["2023-10-01", "2023-09-30"], "hsib": ["2023-09-30", "2023-10-01"]}

recorded(day) := {"days": {"RECORDED": day, "OCCURRED": "2018-05-01"}}

cases[rule] := {
	"for": {name: object.union(recorded(days[0]), patch) | some name, patch in case.for},
	"against": object.union(case.against, {"the other programme": recorded(days[1])}),
} if {
	some programme, days in days_of
	some subject, case in maternity_cases
	rule := concat("/", [programme, subject])
}

maternity_cases := {
	"maternal_death": {
		"for": {"it": object.union(maternity, died_aged("9")), "midwifery": object.union({"specialty": "58"}, died_aged("8"))},
		"against": {
			"elsewhere": {"service_areas": ["ACUTE"]},
			"a baby": died_aged("1"),
			"nobody died": physical("SEVERE"),
			"self-harm": {"safety_challenges": ["SELF_HARM"]},
			"good care": {"kind": "GOOD_CARE"},
		},
	},
	"neonatal_death": {
		"for": {"it": died_aged("1")},
		"against": {"older": died_aged("2"), "severe": {"patients": [patient({"physical_harm": "SEVERE", "age_bracket": "1"})]}},
	},
	"stillbirth": {
		"for": {
			"it": object.union(maternity, {"kind": "OUTCOME", "outcome_types": ["1"], "patients": []}),
			"no age": object.union(maternity, died("2")),
		},
		"against": {"another outcome": {"outcome_types": ["9"]}, "elsewhere": {"service_areas": ["ACUTE"]}},
	},
	"brain_injury": {
		"for": {"it": {"patients": [patient({"physical_harm": "SEVERE", "age_bracket": "1"})]}},
		"against": {"moderate": {"patients": [patient({"physical_harm": "MODERATE", "age_bracket": "1"})]}, "older": {"patients": [patient({"physical_harm": "SEVERE", "age_bracket": "3"})]}},
	},
}

# Before its beginning the programme took nothing.
test_requirements_maternity_before if {
	asked := event(object.union(maternity_cases.maternal_death.for.it, recorded("2018-03-31")))
	not applies("hsib/maternal_death", asked)
}
