# METADATA
# title: Yellow Card scheme
# description: |
#   Medicines and Healthcare products Regulatory Agency: side effects, and medicines
#   and devices that are faulty or made so that they mislead. Reporting is asked of
#   everybody and set no day.
package requirements

yellow_card_rule := {
	"code": "MHRA_YELLOW_CARD",
	"certain": true,
	"judged_by": "RECORDED",
	"from": "2015-04-01",
}

rules["yellow_card/grounds"] := object.union(yellow_card_rule, {
	"title": "Send a Yellow Card",
	"reason": "The answers give grounds for a Yellow Card, and no reference of one.",
	"source": {"document": "Yellow Card scheme (Medicines and Healthcare products Regulatory Agency)", "paragraph": "What to report"},
})

conditions["yellow_card/grounds"] := [
	incident_or_outcome_or_risk,
	condition("a ground for a Yellow Card is given", answered("AdverseEventProblemMedication.DrugReaction", {"1", "2", "3", "4", "5"})),
	no_yellow_card,
]

rules["yellow_card/device"] := object.union(yellow_card_rule, {
	"title": "Decide whether to send a Yellow Card",
	"certain": false,
	"reason": "A device was broken, unfit or did not do what was expected. Consider whether the device, its packaging or its instructions caused that, or could cause harm: if so, send a Yellow Card.",
	"source": {"document": "Yellow Card scheme (Medicines and Healthcare products Regulatory Agency)", "paragraph": "Medical device adverse incidents"},
})

conditions["yellow_card/device"] := [
	incident_or_outcome_or_risk,
	condition("a device failed", answered("AdverseEventProblemDevices.DeviceInvolvementFactors", {"4"})),
	no_yellow_card,
]

incident_or_outcome_or_risk := condition("it is no good care", kind_in({"INCIDENT", "OUTCOME", "RISK"}))

no_yellow_card := no_reference("no Yellow Card reference is given", "AdverseEventAgent.YellowCardReference")
