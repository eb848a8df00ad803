# METADATA
# title: Safeguarding
# description: |
#   Adults: Care Act 2014, sections 42 to 46. Children: Children Act 1989, section
#   47, and Children Act 2004, section 11. The local authority leads.
package requirements

safeguarding_rule := {
	"code": "SAFEGUARDING_REFERRAL",
	"certain": true,
	"judged_by": "OCCURRED",
	"from": "2015-04-01",
	"deadline": "without_delay",
}

rules["safeguarding/concern"] := object.union(safeguarding_rule, {
	"title": "Refer to the local authority's safeguarding",
	"reason": "A safeguarding concern is recorded that calls for telling adult or child protection services.",
	"source": {"document": "Care Act 2014; Children Act 1989", "paragraph": "section 42; section 47"},
})

conditions["safeguarding/concern"] := [safeguarding_concern]

safeguarding_concern := condition("the poor outcome is a safeguarding concern", {"outcome_types=4" | "4" in input.outcome_types})

rules["safeguarding/pressure_ulcer"] := object.union(safeguarding_rule, {
	"certain": false,
	"title": "Decide whether to refer to the local authority's safeguarding",
	"reason": "A pressure ulcer did moderate harm or worse. Consider, by the protocol's questions, whether neglect may have led to it.",
	"source": {"document": "Safeguarding adults protocol: pressure ulcers and the interface with a safeguarding enquiry (Department of Health and Social Care)", "paragraph": "Adult safeguarding decision guide"},
	"from": "2018-01-26",
})

conditions["safeguarding/pressure_ulcer"] := [
	incident_or_outcome,
	condition("a pressure ulcer is involved", challenge_in({"PRESSURE_ULCER"})),
	condition("a patient came to moderate physical harm or worse", physical_harm_in({"MODERATE", "SEVERE", "FATAL"})),
]
