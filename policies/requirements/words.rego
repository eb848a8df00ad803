# METADATA
# title: What an event's answers say
# description: The words in which the rules about requirements are written.
package requirements

# Something went wrong, or nearly did.
incident := condition("it is an incident", kind_in({"INCIDENT"}))

# Something went wrong, or somebody came to harm and nobody knows yet why.
incident_or_outcome := condition("it is an incident or a poor outcome", kind_in({"INCIDENT", "OUTCOME"}))

# A near miss harmed nobody.
not_near_miss := condition("it is not marked as a near miss", {"near_miss=false" | not input.near_miss})

# A patient died, as the record grades harm.
death := condition("a patient died", deaths)

deaths := {because |
	some patient in input.patients
	patient.physical_harm == "FATAL"
	because := of_patient(patient, "physical_harm")
}

# Somebody died, whether the death is thought to come from care or not: poor
# outcomes have a type for the latter, stillbirths included.
any_death := condition("a patient died, or the poor outcome was a death", deaths | death_outcomes)

death_outcomes := {"outcome_types=1" | "1" in input.outcome_types}

# A patient died because of the incident, more likely than not.
death_caused := condition("a patient died, and the incident caused that or probably did", caused_deaths)

caused_deaths := {because |
	some patient in input.patients
	patient.physical_harm == "FATAL"
	patient.strength_of_association in {"6", "5"}
	some field in ["physical_harm", "strength_of_association"]
	because := of_patient(patient, field)
}

# A patient died, and the answers leave open whether the incident did it.
death_unclear := condition("a patient died, and how far the incident led to that is possible, not known or not said", unclear_deaths)

unclear_deaths := {because |
	some patient in input.patients
	patient.physical_harm == "FATAL"
	not patient.strength_of_association in {"6", "5", "3"}
	because := of_patient(patient, "physical_harm")
}

# The kinds of service.
in_service(says, areas) := condition(says, service_area_in(areas))

service_area_in(areas) := {because |
	some area in input.service_areas
	area in areas
	because := sprintf("service_areas=%s", [area])
}

kind_in(kinds) := {because |
	input.kind in kinds
	because := sprintf("kind=%s", [input.kind])
}

agent_in(agents) := {because |
	some agent in input.involved_agents
	agent in agents
	because := sprintf("involved_agents=%s", [agent])
}

challenge_in(challenges) := {because |
	some challenge in input.safety_challenges
	challenge in challenges
	because := sprintf("safety_challenges=%s", [challenge])
}

# A question of the long tail was answered with one of these codes.
answered(element, codes) := {because |
	some code in input.answers[element]
	code in codes
	because := sprintf("%s=%s", [element, code])
}

# A reference was not given when the event was recorded.
no_reference(says, element) := condition(says, {because |
	not element in input.worded
	because := sprintf("%s is not answered", [element])
})

# Patients of these harms.
physical_harm_in(harms) := {because |
	some patient in input.patients
	patient.physical_harm in harms
	because := of_patient(patient, "physical_harm")
}

psychological_harm_in(harms) := {because |
	some patient in input.patients
	patient.psychological_harm in harms
	because := of_patient(patient, "psychological_harm")
}

of_patient(patient, field) := sprintf("patient %d: %s=%s", [patient.sequence, field, patient[field]])
