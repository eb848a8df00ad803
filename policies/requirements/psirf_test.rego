package requirements_test

sectioned := {"declared": {"sectioned": true}}

deprived := {"declared": {"deprivation_of_liberty": true}}

cases["psirf/never_event"] := {
	"for": {"it": declared("3"), "independent": object.union(declared("3"), {"providers": ["INDEPENDENT_PROVIDER"]})},
	"against": {
		"nothing declared": declared(""),
		"a general practice": {"providers": ["GP_PRACTICE"]},
		"recorded before": {"days": {"RECORDED": "2023-09-30", "OCCURRED": "2023-09-29"}},
	},
}

cases["psirf/death_from_problems_in_care"] := {
	"for": {"it": died("6"), "probably": died("5"), "a site": object.union(died("6"), {"providers": ["NHS_TRUST_SITE"]})},
	"against": {
		"possibly": died("4"),
		"not related": died("3"),
		"severe harm": physical("SEVERE"),
		"a pharmacy": {"providers": ["PHARMACY"]},
		"a poor outcome": {"kind": "OUTCOME"},
		"recorded before": {"days": {"RECORDED": "2023-09-30"}},
	},
}

cases["psirf/death_possibly_from_problems_in_care"] := {
	"for": {"it": died("4"), "not known": died("2"), "not said": died("")},
	"against": {
		"caused": died("6"),
		"not related": died("3"),
		"nobody died": physical("SEVERE"),
		"nobody known to provide": {"providers": []},
		"recorded before": {"days": {"RECORDED": "2023-09-30"}},
	},
}

cases["psirf/death_while_detained"] := {
	"for": {"it": object.union(sectioned, died("4")), "deprived": object.union(deprived, died("6"))},
	"against": {
		"not detained": {"declared": {"sectioned": false}},
		"nobody died": physical("SEVERE"),
		"not related": died("3"),
		"a care home": {"providers": ["CARE_HOME"]},
	},
}

cases["psirf/death_in_mental_health_care"] := {
	"for": {
		"it": object.union({"service_areas": ["MENTAL_HEALTH"]}, died("2")),
		"a unit": object.union(answers("LocationDetails.LocationWithinService", ["10"]), died("3")),
		"a poor outcome": {"service_areas": ["MENTAL_HEALTH"], "kind": "OUTCOME", "outcome_types": ["1"]},
	},
	"against": {
		"elsewhere": {"service_areas": ["ACUTE"]},
		"nobody died": physical("SEVERE"),
		"declared": sectioned,
		"a care home": {"providers": ["CARE_HOME"]},
	},
}

cases["psirf/death_in_custody"] := {
	"for": {
		"it": object.union({"service_areas": ["PRISON"]}, died("3")),
		"in a prison": object.union(answers("LocationDetails.LocationWithinService", ["7"]), died("")),
	},
	"against": {
		"elsewhere": {"service_areas": ["ACUTE"]},
		"nobody died": physical("SEVERE"),
		"recorded before": {"days": {"RECORDED": "2023-09-30"}},
	},
}

by_another_patient := answers("AdverseEventAgent.InvolvedPersonsActions", ["2"])

cases["psirf/mental_health_homicide"] := {
	"for": {"it": all_of([{"service_areas": ["MENTAL_HEALTH"]}, by_another_patient, died("2")])},
	"against": {
		"elsewhere": {"service_areas": ["ACUTE"]},
		"nobody died": physical("SEVERE"),
		"staff": answers("AdverseEventAgent.InvolvedPersonsActions", ["1"]),
		"a risk": {"kind": "RISK"},
	},
}

before_psirf := {"days": {"OCCURRED": "2019-05-01", "RECORDED": "2019-05-02"}}

cases["serious_incident_framework/never_event"] := {
	"for": {"it": object.union(before_psirf, declared("2")), "its last day": object.union(declared("2"), on("2023-09-30"))},
	"against": {"nothing declared": declared(""), "recorded after": {"days": {"RECORDED": "2023-10-01"}}},
}

cases["serious_incident_framework/avoidable_death"] := {
	"for": {"it": object.union(before_psirf, died("5"))},
	"against": {"possibly": died("4"), "a risk": {"kind": "RISK"}, "recorded after": {"days": {"RECORDED": "2023-10-01"}}},
}

cases["serious_incident_framework/serious_harm"] := {
	"for": {
		"it": object.union(before_psirf, physical("SEVERE")),
		"psychological": object.union(before_psirf, psychological("SEVERE")),
		"death": object.union(before_psirf, died("2")),
	},
	"against": {"moderate": physical("MODERATE"), "a risk": {"kind": "RISK"}, "recorded after": {"days": {"RECORDED": "2023-10-01"}}},
}
