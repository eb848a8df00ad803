# METADATA
# title: Duty of candour (regulation 20)
# description: |
#   Health and Social Care Act 2008 (Regulated Activities) Regulations 2014.
#   Health service bodies are tested by paragraph (8), other registered persons
#   by paragraph (9): the lists differ.
#
#   Psychological harm counts if it is prolonged, which is 28 days on end. The
#   data set calls harm moderate from a few days on, so only severe harm, which lasts
#   beyond six months, is certain; moderate harm is to be considered.
package requirements

candour_rule := {
	"code": "DUTY_OF_CANDOUR",
	"title": "Tell the patient, or who acts for them, and apologise",
	"certain": true,
	"judged_by": "OCCURRED",
	"deadline": "duty_of_candour",
}

to_consider := {"certain": false, "title": "Decide whether the duty of candour applies"}

candour_source(paragraph) := {
	"document": "Health and Social Care Act 2008 (Regulated Activities) Regulations 2014",
	"paragraph": concat("", ["regulation 20", paragraph]),
}

# Health service bodies came under it on 27 November 2014.
body_rule := object.union(candour_rule, {"from": "2014-11-27", "source": candour_source("(8)")})

rules["duty_of_candour/health_service_body_death"] := object.union(body_rule, {
	"reason": "A patient died, and the incident caused that or probably did.",
	"source": candour_source("(8)(a)"),
})

conditions["duty_of_candour/health_service_body_death"] := [incident, not_near_miss, health_service_body, death_caused]

rules["duty_of_candour/health_service_body_harm"] := object.union(body_rule, {
	"reason": "A patient came to moderate or severe harm, or to psychological harm beyond six months.",
	"source": candour_source("(8)(b)"),
})

conditions["duty_of_candour/health_service_body_harm"] := [
	incident,
	not_near_miss,
	health_service_body,
	condition("a patient came to moderate or severe physical harm, or severe psychological harm", physical_harm_in({"MODERATE", "SEVERE"}) | psychological_harm_in({"SEVERE"})),
]

rules["duty_of_candour/health_service_body_unclear"] := object.union(body_rule, object.union(to_consider, {"reason": "The answers cannot tell. Consider whether the death relates directly to the incident, or the psychological harm has lasted, or is likely to last, for 28 days on end."}))

conditions["duty_of_candour/health_service_body_unclear"] := [incident, not_near_miss, health_service_body, harm_unclear]

# Other registered persons came under it on 1 April 2015.
other_rule := object.union(candour_rule, {"from": "2015-04-01", "source": candour_source("(9)")})

rules["duty_of_candour/other_provider_death"] := object.union(other_rule, {
	"reason": "A patient died, and the incident caused that or probably did.",
	"source": candour_source("(9)(a)(i)"),
})

conditions["duty_of_candour/other_provider_death"] := [incident, not_near_miss, other_registered_provider, death_caused]

rules["duty_of_candour/other_provider_harm"] := object.union(other_rule, {
	"reason": "A patient came to severe harm, which is permanent, shortens life or needed treatment to prevent that, or to psychological harm beyond six months.",
	"source": candour_source("(9)(a)(ii) to (v) and (b)"),
})

conditions["duty_of_candour/other_provider_harm"] := [
	incident,
	not_near_miss,
	other_registered_provider,
	condition("a patient came to severe physical or psychological harm", physical_harm_in({"SEVERE"}) | psychological_harm_in({"SEVERE"})),
]

rules["duty_of_candour/other_provider_unclear"] := object.union(other_rule, object.union(to_consider, {"reason": "The answers cannot tell. Consider whether a function is impaired, or pain or psychological harm lasts, for 28 days on end; whether the body has changed; whether treatment was needed to prevent such injury; or whether a death relates to the incident."}))

conditions["duty_of_candour/other_provider_unclear"] := [
	incident,
	not_near_miss,
	other_registered_provider,
	condition("a patient came to moderate harm, or died and it is not clear why", physical_harm_in({"MODERATE"}) | unclear_harm),
]

harm_unclear := condition("a patient came to moderate psychological harm, or died and it is not clear why", unclear_harm)

unclear_harm := psychological_harm_in({"MODERATE"}) | unclear_deaths

# Who the provider is decides the test, and here nobody can say.
rules["duty_of_candour/provider_unclear"] := object.union(other_rule, object.union(to_consider, {
	"reason": "A patient came to moderate harm or worse, and the map does not say what the provider is. Consider which of the tests applies to it, and whether it is met.",
	"source": candour_source("(8) and (9)"),
}))

conditions["duty_of_candour/provider_unclear"] := [
	incident,
	not_near_miss,
	unclassified_provider,
	condition("a patient came to moderate harm or worse", physical_harm_in({"MODERATE", "SEVERE", "FATAL"}) | psychological_harm_in({"MODERATE", "SEVERE"})),
]

rules["duty_of_candour/outcome_with_suspected_incident"] := object.union(body_rule, object.union(to_consider, {
	"reason": "An incident is suspected behind a poor outcome with moderate harm or worse. Consider whether there was one: if so, the duty applies.",
	"source": candour_source("(7) to (9)"),
}))

conditions["duty_of_candour/outcome_with_suspected_incident"] := [
	condition("it is a poor outcome", kind_in({"OUTCOME"})),
	condition("an incident is suspected behind it", {"incident_suspected=YES" | input.incident_suspected == "YES"}),
	registered_provider,
	condition("a patient came to moderate harm or worse", physical_harm_in({"MODERATE", "SEVERE", "FATAL"}) | psychological_harm_in({"MODERATE", "SEVERE"})),
]
