# METADATA
# title: Never Events policy and framework (revised January 2018)
# description: |
#   Nobody can say when recording an event that it is a never event: an admin
#   declares it, by the list that was in force when it occurred. Some answers,
#   though, are signs of one. The lists are in never_events.yaml.
package requirements

rules["never_events/declared"] := {
	"code": "NEVER_EVENT_REVIEW",
	"title": "Report and review the never event",
	"certain": true,
	"reason": "The event is declared to be a never event of the list in force when it occurred.",
	"source": {"document": "Never Events policy and framework (revised January 2018)", "paragraph": "Reporting and responding to never events"},
	"judged_by": "OCCURRED",
	"from": "2018-02-01",
	"deadline": "never_event",
}

conditions["never_events/declared"] := [never_event_declared]

rules["never_events/possible"] := {
	"code": "NEVER_EVENT_REVIEW",
	"title": "Decide whether this is a never event",
	"certain": false,
	"reason": "The answers are signs of a type on the list in force when it occurred. Consider whether it meets that type's definition, and declare it if it does.",
	"source": {"document": "Never Events policy and framework (revised January 2018)", "paragraph": "Identifying never events"},
	"judged_by": "OCCURRED",
	"from": "2018-02-01",
	"deadline": "never_event",
}

conditions["never_events/possible"] := [
	incident,
	not_near_miss,
	condition("no never event is declared", {"never_event_type is not declared" | input.declared.never_event_type == ""}),
	condition("an answer is a sign of a never event", never_event_signs),
]

never_event_declared := condition("a never event is declared, of a type on the list in force when it occurred", {because |
	type := input.declared.never_event_type
	never_event_types[type]
	because := sprintf("never_event_type=%s", [type])
})

# The types of the list in force when the event occurred; none before the first.
never_event_types[type] := title if {
	some list in data.never_events
	list.from <= input.days.OCCURRED
	input.days.OCCURRED <= object.get(list, "until", "9999-12-31")
	some type, title in list.types
}

# Answers that are a sign of a never event on their own, by its type.
sign_of := {
	"3": [["AdverseEventProblemDevices.DeviceUsedUnnecessarily", {"4"}]],
	"5": [["AdverseEventProblemMedication.MedicationAdministeredIncorrectly", {"1"}]],
	"12": [
		["AdverseEventProblemBlood.WrongBlood", {"1", "2"}],
		["AdverseEventProblemTissuesOrgans.TissueOrgansWrongDetails", {"1", "2"}],
	],
}

never_event_signs contains because if {
	some type, signs in sign_of
	some [element, codes] in signs
	some because in answered(element, codes)
	never_event_types[type]
}

# A bed or its rails, in an accident.
never_event_signs contains because if {
	bed := answered("AdverseEventDeviceDetails.DeviceType", {"7"})
	accident := answered("AdverseEventProblemDevices.DeviceInvolvementFactors", {"5"})
	count(bed) * count(accident) > 0
	never_event_types["11"]
	some because in (bed | accident)
}

# A nasogastric tube that was set up wrongly.
never_event_signs contains because if {
	tube := answered("AdverseEventDeviceDetails.DeviceType", {"54"})
	wrongly := answered("AdverseEventProblemDevices.DeviceWrongUsageDetails", {"5"})
	count(tube) * count(wrongly) > 0
	never_event_types["13"]
	some because in (tube | wrongly)
}

# Rails that do not collapse, and windows that open too far.
never_event_signs contains because if {
	buildings := answered("AdverseEventAgent.BuildingsInfrastructure", {"15"})
	harmed := physical_harm_in({"LOW", "MODERATE", "SEVERE", "FATAL"})
	count(buildings) * count(harmed) > 0
	some type in ["9", "10"]
	never_event_types[type]
	some because in (buildings | harmed)
}
