# METADATA
# title: Tissues and organs for transplant (NHS Blood and Transplant)
# description: |
#   Serious adverse events and reactions with organs are reported to NHS Blood and
#   Transplant, which acts for the Human Tissue Authority. Neither sets a day.
package requirements

rules["transplantation/tissue_or_organ"] := {
	"code": "NHSBT",
	"title": "Report to NHS Blood and Transplant",
	"certain": true,
	"reason": "Tissues or organs for transplant were involved in the incident, and no report number is given.",
	"source": {"document": "Quality and Safety of Organs Intended for Transplantation Regulations 2012", "paragraph": "Schedule 1, serious adverse events and reactions"},
	"judged_by": "OCCURRED",
	"from": "2012-08-27",
}

conditions["transplantation/tissue_or_organ"] := [
	incident,
	condition("tissues or organs for transplant were involved", agent_in({"TISSUE_OR_ORGAN"})),
	no_reference("no report number of NHS Blood and Transplant is given", "AdverseEventAgent.NhsbtReportNumber"),
]
