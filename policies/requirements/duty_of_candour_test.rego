package requirements_test

practice := {"providers": ["GP_PRACTICE"]}

before_candour := {"days": {"OCCURRED": "2014-11-26"}}

cases["duty_of_candour/health_service_body_death"] := {
	"for": {"it": died("6"), "its first day": object.union(died("5"), {"days": {"OCCURRED": "2014-11-27"}})},
	"against": {
		"possibly": died("4"),
		"not related": died("3"),
		"near miss": {"near_miss": true},
		"another provider": practice,
		"a poor outcome": {"kind": "OUTCOME"},
		"before": before_candour,
	},
}

cases["duty_of_candour/health_service_body_harm"] := {
	"for": {"it": physical("MODERATE"), "severe": physical("SEVERE"), "psychological": psychological("SEVERE")},
	"against": {
		"low": physical("LOW"),
		"moderate psychological": psychological("MODERATE"),
		"near miss": {"near_miss": true},
		"another provider": practice,
		"a risk": {"kind": "RISK"},
		"before": before_candour,
	},
}

cases["duty_of_candour/health_service_body_unclear"] := {
	"for": {"it": psychological("MODERATE"), "possibly": died("4"), "not said": died("")},
	"against": {
		"low": psychological("LOW"),
		"caused": died("6"),
		"not related": died("3"),
		"near miss": {"near_miss": true},
		"another provider": practice,
		"before": before_candour,
	},
}

cases["duty_of_candour/other_provider_death"] := {
	"for": {"it": object.union(practice, died("5")), "a care home": object.union({"providers": ["CARE_HOME"]}, died("6"))},
	"against": {
		"possibly": died("4"),
		"a trust": {"providers": ["NHS_TRUST"]},
		"a pharmacy": {"providers": ["PHARMACY"]},
		"near miss": {"near_miss": true},
		"before": {"days": {"OCCURRED": "2015-03-31"}},
	},
}

cases["duty_of_candour/other_provider_harm"] := {
	"for": {"it": object.union(practice, physical("SEVERE")), "psychological": object.union(practice, psychological("SEVERE"))},
	"against": {
		"moderate": physical("MODERATE"),
		"a trust": {"providers": ["NHS_TRUST"]},
		"near miss": {"near_miss": true},
		"before": {"days": {"OCCURRED": "2015-03-31"}},
	},
}

cases["duty_of_candour/other_provider_unclear"] := {
	"for": {
		"it": object.union(practice, physical("MODERATE")),
		"psychological": object.union(practice, psychological("MODERATE")),
		"possibly": object.union(practice, died("4")),
	},
	"against": {
		"low": physical("LOW"),
		"severe": physical("SEVERE"),
		"a trust": {"providers": ["NHS_TRUST"]},
		"near miss": {"near_miss": true},
		"before": {"days": {"OCCURRED": "2015-03-31"}},
	},
}

cases["duty_of_candour/provider_unclear"] := {
	"for": {"it": object.union({"providers": ["OTHER"]}, physical("MODERATE"))},
	"against": {
		"low": physical("LOW"),
		"a trust": {"providers": ["NHS_TRUST"]},
		"nobody known": {"providers": []},
		"near miss": {"near_miss": true},
	},
}

cases["duty_of_candour/outcome_with_suspected_incident"] := {
	"for": {"it": object.union({"kind": "OUTCOME", "incident_suspected": "YES"}, physical("SEVERE"))},
	"against": {
		"not suspected": {"incident_suspected": "UNKNOWN"},
		"low": physical("LOW"),
		"an incident": {"kind": "INCIDENT"},
		"a pharmacy": {"providers": ["PHARMACY"]},
		"before": before_candour,
	},
}
