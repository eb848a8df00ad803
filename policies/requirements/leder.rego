# METADATA
# title: Learning from lives and deaths (LeDeR)
# description: |
#   The deaths of adults with a learning disability, and of autistic adults. Those
#   of children are reviewed as child deaths are. The answers know the service, not
#   who had a disability.
package requirements

leder_rule := {
	"code": "LEDER_REFERRAL",
	"certain": true,
	"judged_by": "RECORDED",
	"from": "2021-06-01",
	"deadline": "referral",
	"source": {"document": "Learning from lives and deaths: people with a learning disability and autistic people (LeDeR) policy 2021", "paragraph": "Notifying a death"},
}

adult_brackets := {"8", "9", "10", "11", "12"}

rules["leder/adult"] := object.union(leder_rule, {
	"title": "Notify LeDeR of the death",
	"reason": "An adult died in the care of services for people with a learning disability and autistic people.",
})

conditions["leder/adult"] := [
	incident_or_outcome,
	learning_disability_service,
	condition("an adult died", harmed({"FATAL"}, adult_brackets)),
]

rules["leder/death"] := object.union(leder_rule, {
	"certain": false,
	"title": "Decide whether to notify LeDeR of the death",
	"reason": "Somebody died in the care of services for people with a learning disability and autistic people, and the answers do not say at what age. Consider whether it was an adult: if so, notify the death.",
})

conditions["leder/death"] := [
	incident_or_outcome,
	learning_disability_service,
	condition("somebody of no known age died, or the poor outcome was a death", harmed({"FATAL"}, {""}) | death_outcomes),
]

# Learning disability is a specialty as well as a service area.
learning_disability_service := condition("it concerns learning disability or autism services", service_area_in({"LEARNING_DISABILITY_AND_AUTISM"}) | {because |
	input.specialty == "52"
	because := "specialty=52"
})
