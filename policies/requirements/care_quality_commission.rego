# METADATA
# title: Notifications to the Care Quality Commission (regulations 16 to 18)
# description: |
#   Care Quality Commission (Registration) Regulations 2009. Who notifies depends
#   on what the provider is. Health service bodies meet regulations 16 and 18 by
#   recording here, which is the report to NHS England that exempts them; of
#   the death of somebody detained they notify the Commission themselves, as
#   everybody does. Events that stop a service (regulation 18(2)(g)) cannot be
#   told from the answers.
package requirements

notification_rule := {
	"code": "CQC_NOTIFICATION",
	"title": "Notify the Care Quality Commission",
	"certain": true,
	"judged_by": "OCCURRED",
	"from": "2010-04-01",
	"deadline": "without_delay",
}

notification_to_consider := {"certain": false, "title": "Decide whether to notify the Care Quality Commission"}

notification_source(paragraph) := {
	"document": "Care Quality Commission (Registration) Regulations 2009",
	"paragraph": concat(" ", ["regulation", paragraph]),
}

rules["care_quality_commission/death"] := object.union(notification_rule, {
	"reason": "A patient died, and the incident happened while care was provided.",
	"source": notification_source("16(1)"),
})

conditions["care_quality_commission/death"] := [
	incident,
	other_provider_than_general_practice,
	none_detained,
	death,
]

rules["care_quality_commission/death_as_outcome"] := object.union(notification_rule, object.union(notification_to_consider, {
	"reason": "A death is recorded as a poor outcome. Consider whether it happened while a regulated activity was carried on, or may have resulted from one.",
	"source": notification_source("16(1)"),
}))

conditions["care_quality_commission/death_as_outcome"] := [
	condition("it is a poor outcome", kind_in({"OUTCOME"})),
	other_provider_than_general_practice,
	none_detained,
	any_death,
]

# Paragraph (2) took in primary medical services on 18 June 2012.
rules["care_quality_commission/death_in_general_practice"] := object.union(notification_rule, object.union(notification_to_consider, {
	"reason": "A patient of a general practice died. Consider whether it was during care, or within two weeks of care that may have led to it, and not by the natural course of an illness: if so, notify, unless it was reported to NHS England.",
	"source": notification_source("16(2) and (4)"),
	"from": "2012-06-18",
}))

conditions["care_quality_commission/death_in_general_practice"] := [incident_or_outcome, general_practice, none_detained, any_death]

rules["care_quality_commission/death_while_detained"] := object.union(notification_rule, {
	"title": "Notify the Care Quality Commission of the death of a detained patient",
	"reason": "A patient died who was detained under the Mental Health Act 1983. Trusts notify this themselves too: recording it here does not.",
	"source": notification_source("17"),
})

conditions["care_quality_commission/death_while_detained"] := [
	incident_or_outcome,
	registered_provider,
	condition("the patient is declared to be detained under the Mental Health Act", {"sectioned" | input.declared.sectioned}),
	any_death,
]

rules["care_quality_commission/death_in_mental_health_care"] := object.union(notification_rule, object.union(notification_to_consider, {
	"reason": "A patient died in mental health care. Consider whether they were detained, or liable to be detained, under the Mental Health Act 1983: if so, notify; recording it here does not.",
	"source": notification_source("17"),
}))

conditions["care_quality_commission/death_in_mental_health_care"] := [
	incident_or_outcome,
	registered_provider,
	none_detained,
	mental_health_service,
	any_death,
]

rules["care_quality_commission/serious_injury"] := object.union(notification_rule, {
	"reason": "A patient came to severe physical or psychological harm.",
	"source": notification_source("18(2)(a) and (b)"),
})

conditions["care_quality_commission/serious_injury"] := [
	incident,
	other_registered_provider,
	condition("a patient came to severe harm", physical_harm_in({"SEVERE"}) | psychological_harm_in({"SEVERE"})),
]

rules["care_quality_commission/injury"] := object.union(notification_rule, object.union(notification_to_consider, {
	"reason": "A patient came to moderate harm. Consider whether an impairment is likely to last, pain or psychological harm goes on for 28 days, or treatment was needed to prevent worse.",
	"source": notification_source("18(2)(a) and (b)"),
}))

conditions["care_quality_commission/injury"] := [
	incident,
	other_registered_provider,
	condition("a patient came to moderate harm", physical_harm_in({"MODERATE"}) | psychological_harm_in({"MODERATE"})),
]

rules["care_quality_commission/abuse"] := object.union(notification_rule, object.union(notification_to_consider, {
	"reason": "A safeguarding concern is recorded. Consider whether it is abuse, or an allegation of abuse, in relation to somebody who uses the service.",
	"source": notification_source("18(2)(e)"),
}))

conditions["care_quality_commission/abuse"] := [other_registered_provider, safeguarding_concern]

none_detained := condition("nobody is declared to be detained under the Mental Health Act", {"sectioned is not declared" | not input.declared.sectioned})
