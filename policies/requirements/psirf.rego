# METADATA
# title: Patient Safety Incident Response Framework (August 2022)
# description: |
#   The responses that are required nationally, whatever a provider's own plan
#   says: patient safety incident investigations (PSII), and who leads where others
#   do. Providers were to have changed over by autumn 2023: what was recorded from
#   October 2023 on is judged by this framework, what was recorded before by the one
#   before it.
package requirements

psirf_rule := {
	"code": "PSII",
	"title": "Patient safety incident investigation",
	"certain": true,
	"judged_by": "RECORDED",
	"from": "2023-10-01",
	"deadline": "psii",
}

psirf_source(row) := {
	"document": "Patient Safety Incident Response Framework (August 2022)",
	"paragraph": concat(": ", ["Guide to responding proportionately, nationally mandated responses", row]),
}

rules["psirf/never_event"] := object.union(psirf_rule, {
	"reason": "A never event calls for an investigation led by the provider.",
	"source": psirf_source("incidents meeting the never event criteria"),
})

conditions["psirf/never_event"] := [never_event_declared, secondary_care_provider]

rules["psirf/death_from_problems_in_care"] := object.union(psirf_rule, {
	"reason": "A patient died, more likely than not because of problems in care.",
	"source": psirf_source("death thought more likely than not due to problems in care"),
})

conditions["psirf/death_from_problems_in_care"] := [incident, secondary_care_provider, death_caused]

rules["psirf/death_possibly_from_problems_in_care"] := object.union(psirf_rule, {
	"certain": false,
	"title": "Decide whether an investigation is required",
	"reason": "A patient died, and the answers leave open how far care led to it. Consider whether problems in care are more likely than not to have done: if so, an investigation is required.",
	"source": psirf_source("death thought more likely than not due to problems in care"),
})

conditions["psirf/death_possibly_from_problems_in_care"] := [incident, secondary_care_provider, death_unclear]

rules["psirf/death_while_detained"] := object.union(psirf_rule, {
	"reason": "A patient died who was detained under the Mental Health Act 1983 or deprived of liberty under the Mental Capacity Act 2005, and care played a part or may have.",
	"source": psirf_source("deaths of patients detained under the Mental Health Act or where the Mental Capacity Act applies"),
})

conditions["psirf/death_while_detained"] := [
	incident,
	secondary_care_provider,
	condition("the patient is declared to be detained or deprived of liberty", detained),
	condition("a patient died, and the incident is not said to have had no part in it", caused_deaths | unclear_deaths),
]

detained contains "sectioned" if input.declared.sectioned

detained contains "deprivation_of_liberty" if input.declared.deprivation_of_liberty

rules["psirf/death_in_mental_health_care"] := object.union(psirf_rule, {
	"certain": false,
	"title": "Decide whether an investigation is required",
	"reason": "A patient died in mental health care. Consider whether they were detained under the Mental Health Act 1983, or deprived of liberty: if so, and care played a part, an investigation is required.",
	"source": psirf_source("deaths of patients detained under the Mental Health Act or where the Mental Capacity Act applies"),
})

conditions["psirf/death_in_mental_health_care"] := [
	incident_or_outcome,
	secondary_care_provider,
	condition("nobody is declared to be detained or deprived of liberty", {"neither is declared" | count(detained) == 0}),
	mental_health_service,
	any_death,
]

mental_health_service := condition("it concerns mental health care", mental_health_answers)

mental_health_answers := service_area_in({"MENTAL_HEALTH"}) | answered("LocationDetails.LocationWithinService", {"10"})

# No code of the contract stands for a referral to an ombudsman, and an
# investigation may still be the provider's: so this asks for the decision.
rules["psirf/death_in_custody"] := object.union(psirf_rule, {
	"certain": false,
	"title": "Refer the death in custody, and decide whether to investigate",
	"reason": "A patient died in prison. Refer it to the Prisons and Probation Ombudsman or, after contact with the police, the Independent Office for Police Conduct, who lead; consider whether health care calls for an investigation of its own.",
	"source": psirf_source("deaths in custody"),
})

conditions["psirf/death_in_custody"] := [
	incident_or_outcome,
	condition("it concerns prison health care, or happened in a prison", service_area_in({"PRISON"}) | answered("LocationDetails.LocationWithinService", {"7"})),
	any_death,
]

rules["psirf/mental_health_homicide"] := object.union(psirf_rule, {
	"code": "MENTAL_HEALTH_HOMICIDE_REFERRAL",
	"certain": false,
	"title": "Decide whether to refer as a mental health homicide",
	"reason": "Somebody died in connection with mental health care, and another patient's actions were involved. Consider whether it is a homicide by somebody in mental health care: if so, refer it to the regional independent investigation team of NHS England.",
	"source": psirf_source("mental health-related homicides"),
	"deadline": "referral",
})

conditions["psirf/mental_health_homicide"] := [
	incident_or_outcome,
	mental_health_service,
	any_death,
	condition("the actions of another patient were involved", answered("AdverseEventAgent.InvolvedPersonsActions", {"2"})),
]
