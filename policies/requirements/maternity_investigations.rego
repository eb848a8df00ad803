# METADATA
# title: Maternity and newborn safety investigations
# description: |
#   The same deaths and injuries are referred to the programme of the day: that of
#   the Healthcare Safety Investigation Branch until September 2023, Maternity and
#   Newborn Safety Investigations since. Whether a baby was born at term after
#   labour is not among the answers, so of babies everything is to be considered.
package requirements

hsib := {
	"title": "the Healthcare Safety Investigation Branch (maternity)",
	"document": "Safer Maternity Care action plan (November 2017), maternity investigation programme of the Healthcare Safety Investigation Branch",
	"from": "2018-04-01",
	"until": "2023-09-30",
}

mnsi := {
	"title": "Maternity and Newborn Safety Investigations",
	"document": "Maternity and Newborn Safety Investigations: what we investigate",
	"from": "2023-10-01",
}

# The day of recording is taken for the day of referral, which decides to whom it goes.
referral_to(programme, referral) := object.union(
	object.filter(programme, {"from", "until"}),
	{
		"code": "MNSI_REFERRAL",
		"title": concat(" ", [referral.action, programme.title]),
		"certain": referral.certain,
		"reason": referral.reason,
		"source": {"document": programme.document, "paragraph": referral.paragraph},
		"judged_by": "RECORDED",
		"deadline": "referral",
	},
)

maternal_death := {
	"action": "Refer the death to",
	"certain": true,
	"reason": "A mother died in maternity care. Deaths while pregnant or within 42 days of the end of pregnancy are referred, but for suicides and those that have nothing to do with it.",
	"paragraph": "Maternal deaths",
}

maternal_death_conditions := [
	incident_or_outcome,
	in_maternity,
	condition("somebody of 10 to 65 years died", harmed({"FATAL"}, {"6", "7", "8", "9", "10"})),
	condition("it is not marked as self-harm", {"safety_challenges without SELF_HARM" | not "SELF_HARM" in input.safety_challenges}),
]

rules["hsib/maternal_death"] := referral_to(hsib, maternal_death)

conditions["hsib/maternal_death"] := maternal_death_conditions

rules["mnsi/maternal_death"] := referral_to(mnsi, maternal_death)

conditions["mnsi/maternal_death"] := maternal_death_conditions

neonatal_death := {
	"action": "Decide whether to refer the death to",
	"certain": false,
	"reason": "A newborn baby died. Consider whether it was born at term, after labour, and died within its first week: if so, refer the death.",
	"paragraph": "Early neonatal deaths",
}

neonatal_death_conditions := [
	incident_or_outcome,
	condition("a baby of up to 14 days died", harmed({"FATAL"}, {"1"})),
]

rules["hsib/neonatal_death"] := referral_to(hsib, neonatal_death)

conditions["hsib/neonatal_death"] := neonatal_death_conditions

rules["mnsi/neonatal_death"] := referral_to(mnsi, neonatal_death)

conditions["mnsi/neonatal_death"] := neonatal_death_conditions

stillbirth := {
	"action": "Decide whether to refer the death to",
	"certain": false,
	"reason": "A death is recorded in maternity care, and not whose. Consider whether it is a stillbirth at term of a baby thought to be alive when labour began, or a mother's death: if so, refer it.",
	"paragraph": "Intrapartum stillbirths",
}

stillbirth_conditions := [
	incident_or_outcome,
	in_maternity,
	condition("somebody of no known age died, or the poor outcome was a death", harmed({"FATAL"}, {""}) | death_outcomes),
]

rules["hsib/stillbirth"] := referral_to(hsib, stillbirth)

conditions["hsib/stillbirth"] := stillbirth_conditions

rules["mnsi/stillbirth"] := referral_to(mnsi, stillbirth)

conditions["mnsi/stillbirth"] := stillbirth_conditions

brain_injury := {
	"action": "Decide whether to refer the injury to",
	"certain": false,
	"reason": "A newborn baby came to severe harm. Consider whether it was born at term, after labour, and may have a severe brain injury: if so, refer it.",
	"paragraph": "Potential severe brain injury",
}

brain_injury_conditions := [
	incident_or_outcome,
	condition("a baby of up to 14 days came to severe harm", harmed({"SEVERE"}, {"1"})),
]

rules["hsib/brain_injury"] := referral_to(hsib, brain_injury)

conditions["hsib/brain_injury"] := brain_injury_conditions

rules["mnsi/brain_injury"] := referral_to(mnsi, brain_injury)

conditions["mnsi/brain_injury"] := brain_injury_conditions

# Obstetrics and midwifery are maternity care, whatever the service area.
in_maternity := condition("it concerns maternity care", maternity_answers)

maternity_answers := service_area_in({"MATERNITY"}) | {because |
	input.specialty in {"58", "65", "66"}
	because := sprintf("specialty=%s", [input.specialty])
}

# Patients of these physical harms who were of these age brackets; "" is not known.
harmed(harms, brackets) := {because |
	some patient in input.patients
	patient.physical_harm in harms
	patient.age_bracket in brackets
	some field in ["physical_harm", "age_bracket"]
	because := of_patient(patient, field)
}
