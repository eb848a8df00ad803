package requirements_test

cases["safeguarding/concern"] := {
	"for": {"it": concern},
	"against": {"another outcome": {"outcome_types": ["2"]}, "before": on("2015-03-31")},
}

cases["safeguarding/pressure_ulcer"] := {
	"for": {"it": object.union({"safety_challenges": ["FALL", "PRESSURE_ULCER"]}, physical("MODERATE"))},
	"against": {
		"low": physical("LOW"),
		"a fall": {"safety_challenges": ["FALL"]},
		"a risk": {"kind": "RISK"},
		"before": on("2018-01-25"),
	},
}

cases["screening/incident"] := {
	"for": {"it": {"safety_challenges": ["SCREENING"]}},
	"against": {
		"another challenge": {"safety_challenges": ["FALL"]},
		"a risk": {"kind": "RISK"},
		"before": on("2015-09-30"),
	},
}

yellow_card := {"worded": ["AdverseEventAgent.YellowCardReference"]}

cases["yellow_card/grounds"] := {
	"for": {
		"it": answers("AdverseEventProblemMedication.DrugReaction", ["1"]),
		"packaging": answers("AdverseEventProblemMedication.DrugReaction", ["5"]),
	},
	"against": {
		"none": answers("AdverseEventProblemMedication.DrugReaction", ["6"]),
		"not known": answers("AdverseEventProblemMedication.DrugReaction", ["7"]),
		"sent": yellow_card,
		"good care": {"kind": "GOOD_CARE"},
	},
}

cases["yellow_card/device"] := {
	"for": {"it": answers("AdverseEventProblemDevices.DeviceInvolvementFactors", ["4"])},
	"against": {
		"used wrongly": answers("AdverseEventProblemDevices.DeviceInvolvementFactors", ["3"]),
		"sent": yellow_card,
		"good care": {"kind": "GOOD_CARE"},
	},
}

blood := {"involved_agents": ["BLOOD"]}

wrong_blood := object.union(blood, answers("AdverseEventProblemBlood.BloodInvolved", ["3"]))

both_reports := {"worded": ["AdverseEventAgent.SabreReportNumber", "AdverseEventAgent.ShotReportNumber"]}

cases["transfusion/wrong_or_unfit_blood"] := {
	"for": {
		"it": wrong_blood,
		"unfit": object.union(blood, answers("AdverseEventProblemBlood.BloodInvolved", ["5"])),
		"one report of two": object.union(wrong_blood, {"worded": ["AdverseEventAgent.SabreReportNumber"]}),
	},
	"against": {
		"too little": answers("AdverseEventProblemBlood.BloodInvolved", ["2"]),
		"no blood": {"involved_agents": ["DEVICE"]},
		"reported": both_reports,
		"a risk": {"kind": "RISK"},
	},
}

cases["transfusion/blood_involved"] := {
	"for": {"it": blood, "too little": object.union(blood, answers("AdverseEventProblemBlood.BloodInvolved", ["2"]))},
	"against": {
		"wrong": wrong_blood,
		"no blood": {"involved_agents": ["DEVICE"]},
		"reported": both_reports,
		"a risk": {"kind": "RISK"},
	},
}

cases["transplantation/tissue_or_organ"] := {
	"for": {"it": {"involved_agents": ["TISSUE_OR_ORGAN"]}},
	"against": {
		"blood": blood,
		"reported": {"worded": ["AdverseEventAgent.NhsbtReportNumber"]},
		"a risk": {"kind": "RISK"},
		"before": on("2012-08-26"),
	},
}
