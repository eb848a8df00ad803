# METADATA
# title: Screening quality assurance
# description: Managing safety incidents in NHS screening programmes.
package requirements

rules["screening/incident"] := {
	"code": "SCREENING_QA",
	"title": "Report to the screening quality assurance service",
	"certain": true,
	"reason": "It is an incident in a screening programme.",
	"source": {"document": "Managing safety incidents in NHS screening programmes", "paragraph": "Reporting a suspected safety incident"},
	"judged_by": "RECORDED",
	"from": "2015-10-01",
	"deadline": "screening",
}

conditions["screening/incident"] := [incident, condition("screening services are involved", challenge_in({"SCREENING"}))]
