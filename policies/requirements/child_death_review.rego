# METADATA
# title: Child death review
# description: |
#   Children Act 2004, sections 16M to 16Q: every death of a child who normally
#   lived in the area is reviewed, whatever its cause. Stillbirths are not such deaths.
package requirements

child_death_rule := {
	"code": "CHILD_DEATH_REVIEW",
	"certain": true,
	"judged_by": "OCCURRED",
	"from": "2018-06-29",
	"deadline": "without_delay",
	"source": {
		"document": "Children Act 2004; Child Death Review: Statutory and Operational Guidance (England) (October 2018)",
		"paragraph": "sections 16M to 16Q; chapter 3, notification",
	},
}

rules["child_death_review/child"] := object.union(child_death_rule, {
	"title": "Notify the child death review partners",
	"reason": "A child under 18 died.",
})

conditions["child_death_review/child"] := [
	incident_or_outcome,
	condition("a child of 15 days to 17 years died", harmed({"FATAL"}, {"2", "3", "4", "5", "6", "7"})),
]

rules["child_death_review/newborn"] := object.union(child_death_rule, {
	"title": "Notify the child death review partners",
	"certain": false,
	"reason": "A newborn baby's death is recorded. Consider whether the baby was born alive: if so, the death is notified.",
})

conditions["child_death_review/newborn"] := [
	incident_or_outcome,
	condition("a baby of up to 14 days died", harmed({"FATAL"}, {"1"})),
]

rules["child_death_review/outcome"] := object.union(child_death_rule, {
	"title": "Decide whether to notify the child death review partners",
	"certain": false,
	"reason": "The poor outcome is a death, and a child is among the patients or it was in maternity care. Consider whether a child who was born alive died: if so, the death is notified.",
})

conditions["child_death_review/outcome"] := [
	condition("the poor outcome was a death", death_outcomes),
	condition("no patient is graded as having died", {"no patient: physical_harm=FATAL" | count(deaths) == 0}),
	condition("a child is among the patients, or it concerns maternity care", children | maternity_answers),
]

children := {because |
	some patient in input.patients
	patient.age_bracket in {"1", "2", "3", "4", "5", "6", "7"}
	because := of_patient(patient, "age_bracket")
}
