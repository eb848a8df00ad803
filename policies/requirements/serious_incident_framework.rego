# METADATA
# title: Serious Incident Framework (March 2015)
# description: |
#   What came before the Patient Safety Incident Response Framework. Its
#   investigations stand under the same code.
package requirements

serious_incident_rule := {
	"code": "PSII",
	"title": "Serious incident investigation",
	"certain": true,
	"judged_by": "RECORDED",
	"from": "2015-04-01",
	"until": "2023-09-30",
	"deadline": "serious_incident",
	"source": {"document": "Serious Incident Framework (March 2015)", "paragraph": "Part 1, section 1: what is a serious incident"},
}

rules["serious_incident_framework/never_event"] := object.union(serious_incident_rule, {"reason": "A never event was a serious incident, whatever harm it did."})

conditions["serious_incident_framework/never_event"] := [never_event_declared]

rules["serious_incident_framework/avoidable_death"] := object.union(serious_incident_rule, {"reason": "A patient died because of the incident, more likely than not."})

conditions["serious_incident_framework/avoidable_death"] := [incident, death_caused]

rules["serious_incident_framework/serious_harm"] := object.union(serious_incident_rule, {
	"certain": false,
	"title": "Decide whether this is a serious incident",
	"reason": "A patient came to severe harm, or died and the answers leave open how far care led to it. Consider whether it was unexpected or avoidable: if so, it was a serious incident.",
})

conditions["serious_incident_framework/serious_harm"] := [
	incident,
	condition("a patient came to severe harm, or died and it is not clear why", ((physical_harm_in({"SEVERE"}) | psychological_harm_in({"SEVERE"})) | unclear_deaths)),
]
