package requirements_test

care_home := {"providers": ["CARE_HOME"]}

cases["care_quality_commission/death"] := {
	"for": {"it": object.union(care_home, died("3")), "dentist": object.union({"providers": ["DENTAL_PRACTICE"]}, died("6"))},
	"against": {
		"a trust": {"providers": ["NHS_TRUST"]},
		"a general practice": practice,
		"a pharmacy": {"providers": ["PHARMACY"]},
		"nobody died": physical("SEVERE"),
		"detained": sectioned,
		"before": on("2010-03-31"),
	},
}

cases["care_quality_commission/death_as_outcome"] := {
	"for": {"it": object.union(care_home, {"kind": "OUTCOME", "outcome_types": ["1"]})},
	"against": {
		"a trust": {"providers": ["NHS_TRUST"]},
		"another outcome": {"outcome_types": ["2"]},
		"an incident": {"kind": "INCIDENT"},
		"detained": sectioned,
	},
}

cases["care_quality_commission/death_in_general_practice"] := {
	"for": {"it": object.union(practice, died("4")), "a poor outcome": object.union(practice, {"kind": "OUTCOME", "outcome_types": ["1"]})},
	"against": {
		"a care home": care_home,
		"nobody died": physical("SEVERE"),
		"detained": sectioned,
		"before": on("2012-06-17"),
	},
}

cases["care_quality_commission/death_while_detained"] := {
	"for": {"it": object.union(sectioned, died("3")), "independent": all_of([sectioned, died("6"), {"providers": ["INDEPENDENT_PROVIDER"]}])},
	"against": {
		"not detained": {"declared": {"sectioned": false}},
		"deprived of liberty": {"declared": {"sectioned": false, "deprivation_of_liberty": true}},
		"nobody died": physical("SEVERE"),
		"a pharmacy": {"providers": ["PHARMACY"]},
	},
}

cases["care_quality_commission/death_in_mental_health_care"] := {
	"for": {"it": object.union({"service_areas": ["MENTAL_HEALTH"]}, died("2"))},
	"against": {
		"elsewhere": {"service_areas": ["ACUTE"]},
		"detained": sectioned,
		"nobody died": physical("SEVERE"),
		"a pharmacy": {"providers": ["PHARMACY"]},
	},
}

cases["care_quality_commission/serious_injury"] := {
	"for": {"it": object.union(practice, physical("SEVERE")), "psychological": object.union(care_home, psychological("SEVERE"))},
	"against": {
		"moderate": physical("MODERATE"),
		"a trust": {"providers": ["NHS_TRUST"]},
		"a risk": {"kind": "RISK"},
	},
}

cases["care_quality_commission/injury"] := {
	"for": {"it": object.union(practice, physical("MODERATE")), "psychological": object.union(care_home, psychological("MODERATE"))},
	"against": {
		"low": physical("LOW"),
		"severe": physical("SEVERE"),
		"a trust": {"providers": ["NHS_TRUST"]},
	},
}

concern := {"kind": "OUTCOME", "outcome_types": ["4"]}

cases["care_quality_commission/abuse"] := {
	"for": {"it": object.union(care_home, concern)},
	"against": {"another outcome": {"outcome_types": ["2"]}, "a trust": {"providers": ["NHS_TRUST"]}},
}
