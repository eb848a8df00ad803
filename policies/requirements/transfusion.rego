# METADATA
# title: Blood safety (SABRE and SHOT)
# description: |
#   Serious adverse events and reactions go to the regulator, through SABRE, by the
#   Blood Safety and Quality Regulations 2005; hazards of transfusion to SHOT, as
#   national policy. One of the two references does not answer for the other. Neither
#   sets a day.
package requirements

transfusion_rule := {
	"code": "SHOT_SABRE",
	"certain": true,
	"judged_by": "OCCURRED",
	"from": "2005-11-08",
	"source": {"document": "Blood Safety and Quality Regulations 2005; Serious Hazards of Transfusion reporting definitions", "paragraph": "regulation 12B; what to report"},
}

rules["transfusion/wrong_or_unfit_blood"] := object.union(transfusion_rule, {
	"title": "Report to SABRE and SHOT",
	"reason": "The wrong blood was used, or it was unfit for use.",
})

conditions["transfusion/wrong_or_unfit_blood"] := [
	incident_or_outcome,
	blood_involved,
	condition("the blood was wrong or unfit", wrong_or_unfit),
	blood_not_reported,
]

rules["transfusion/blood_involved"] := object.union(transfusion_rule, {
	"title": "Decide whether to report to SABRE and SHOT",
	"certain": false,
	"reason": "Blood was involved. Consider whether it is a serious adverse event or reaction, or a hazard that SHOT collects: if so, report it.",
})

conditions["transfusion/blood_involved"] := [
	incident_or_outcome,
	blood_involved,
	condition("the blood is not said to be wrong or unfit", {"blood is neither wrong nor unfit" | count(wrong_or_unfit) == 0}),
	blood_not_reported,
]

blood_involved := condition("blood was involved", agent_in({"BLOOD"}))

wrong_or_unfit := answered("AdverseEventProblemBlood.BloodInvolved", {"3", "5"})

# Both references are asked for, so either that is missing is a reason.
blood_not_reported := condition("a SABRE or a SHOT report number is missing", {because |
	some element in ["AdverseEventAgent.SabreReportNumber", "AdverseEventAgent.ShotReportNumber"]
	not element in input.worded
	because := sprintf("%s is not answered", [element])
})
