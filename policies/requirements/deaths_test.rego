package requirements_test

disability := {"service_areas": ["LEARNING_DISABILITY_AND_AUTISM"]}

cases["leder/adult"] := {
	"for": {"it": object.union(disability, died_aged("10")), "specialty": object.union({"specialty": "52"}, died_aged("8"))},
	"against": {
		"a child": died_aged("6"),
		"elsewhere": {"service_areas": ["ACUTE"]},
		"nobody died": physical("SEVERE"),
		"before": on("2021-05-31"),
	},
}

cases["leder/death"] := {
	"for": {"it": object.union(disability, died("2")), "a poor outcome": object.union(disability, {"kind": "OUTCOME", "outcome_types": ["1"]})},
	"against": {
		"a child": died_aged("6"),
		"an adult": died_aged("9"),
		"elsewhere": {"service_areas": ["ACUTE"]},
		"before": on("2021-05-31"),
	},
}

cases["child_death_review/child"] := {
	"for": {"it": died_aged("2"), "almost grown up": died_aged("7"), "a poor outcome": object.union({"kind": "OUTCOME"}, died_aged("5"))},
	"against": {
		"grown up": died_aged("8"),
		"just born": died_aged("1"),
		"no age": died("2"),
		"a child who lives": {"patients": [patient({"physical_harm": "SEVERE", "age_bracket": "5"})]},
		"before": on("2018-06-28"),
	},
}

cases["child_death_review/newborn"] := {
	"for": {"it": died_aged("1")},
	"against": {"older": died_aged("2"), "no age": died("2"), "before": on("2018-06-28")},
}

cases["child_death_review/outcome"] := {
	"for": {
		"it": object.union(maternity, {"kind": "OUTCOME", "outcome_types": ["1"]}),
		"a child": {"kind": "OUTCOME", "outcome_types": ["1"], "patients": [patient({"age_bracket": "4"})]},
	},
	"against": {
		"no child": {"service_areas": ["ACUTE"]},
		"another outcome": {"outcome_types": ["9"]},
		"a child graded as having died": died_aged("4"),
		"before": on("2018-06-28"),
	},
}
