package requirements_test

declared(type) := {"declared": {"never_event_type": type}}

cases["never_events/declared"] := {
	"for": {
		"it": declared("1"),
		"the first day of the list": object.union(declared("15"), on("2018-02-01")),
	},
	"against": {
		"nothing declared": declared(""),
		"no such type": declared("16"),
		"before the list": on("2018-01-31"),
	},
}

# Every type of the lists can be declared while its list is in force.
test_requirements_never_events[type] if {
	some type in numbers.range(1, 15)
	some day in ["2018-02-01", "2021-01-31", "2021-02-01", "2026-10-02"]
	applies("never_events/declared", object.union(event(declared(sprintf("%d", [type]))), on(day)))
}

cases["never_events/possible"] := {
	"for": {
		"it": answers("AdverseEventProblemDevices.DeviceUsedUnnecessarily", ["1", "4"]),
		"wrong route": answers("AdverseEventProblemMedication.MedicationAdministeredIncorrectly", ["1"]),
		"wrong blood": answers("AdverseEventProblemBlood.WrongBlood", ["1"]),
		"wrong organ": answers("AdverseEventProblemTissuesOrgans.TissueOrgansWrongDetails", ["2"]),
		"bed rails": {"answers": {"AdverseEventDeviceDetails.DeviceType": ["7"], "AdverseEventProblemDevices.DeviceInvolvementFactors": ["5"]}},
		"nasogastric tube": {"answers": {"AdverseEventDeviceDetails.DeviceType": ["54"], "AdverseEventProblemDevices.DeviceWrongUsageDetails": ["5"]}},
		"window": object.union(answers("AdverseEventAgent.BuildingsInfrastructure", ["15"]), physical("LOW")),
	},
	"against": {
		"another answer": answers("AdverseEventProblemDevices.DeviceUsedUnnecessarily", ["1"]),
		"near miss": {"near_miss": true},
		"already declared": declared("3"),
		"a risk": {"kind": "RISK"},
		"before the list": on("2018-01-31"),
	},
}

# One sign of two is none.
test_requirements_never_events_half_a_sign[name] if {
	some name, patch in {
		"bed": answers("AdverseEventDeviceDetails.DeviceType", ["7"]),
		"accident": answers("AdverseEventProblemDevices.DeviceInvolvementFactors", ["5"]),
		"tube": answers("AdverseEventDeviceDetails.DeviceType", ["54"]),
		"wrongly": answers("AdverseEventProblemDevices.DeviceWrongUsageDetails", ["5"]),
		"window that harmed nobody": answers("AdverseEventAgent.BuildingsInfrastructure", ["15"]),
	}
	not applies("never_events/possible", event(patch))
}
