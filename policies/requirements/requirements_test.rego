package requirements_test

import data.requirements as policy

# Each rule has events for which it applies, by what they show, and events
# that are the first of those but for one thing, for which it does not.
test_requirements_for[rule][name] if {
	some rule, case in cases
	some name, patch in case.for
	applies(rule, event(patch))
}

test_requirements_against[rule][name] if {
	some rule, case in cases
	some name, patch in case.against
	unmet := unmet_by(rule, object.union(event(case.for.it), patch))
	count(unmet) > 0
}

# Each condition of a rule is all that is not met of some event: none of them
# could be left out.
test_requirements_each_condition[rule][says] if {
	some rule, case in cases
	some says in said_by(rule)
	[says] in near_misses[rule]
}

near_misses[rule] := {unmet |
	some patch in object.union(case.against, {"good care": {"kind": "GOOD_CARE"}})
	unmet := unmet_by(rule, object.union(event(case.for.it), patch))
} if {
	some rule, case in cases
}

said_by(rule) := {one.says | some one in list} if {
	list := policy.conditions[rule] with input as explained(event({}))
}

# Every rule has a first day.
test_requirements_long_before[rule] if {
	some rule, case in cases
	"the rule is in force on the event's day" in unmet_by(rule, object.union(event(case.for.it), on("2000-01-01")))
}

# What is said of every rule is what is said of each.
test_requirements_all_at_once if {
	asked := event(died("6"))
	said := policy.verdicts with input as asked
	applying := policy.applying with input as asked
	every rule, verdict in said {
		verdict == verdict_of(rule, asked)
	}
	applying == {rule: verdict.because | some rule, verdict in said; verdict.unmet == []}
	count(applying) == 2
}

test_requirements_every_rule_has_cases if {
	{rule | some rule, _ in policy.rules} == {rule | some rule, _ in cases}
	every case in cases {
		case.for.it
		count(case.against) > 1
	}
}

test_requirements_every_rule_has_conditions if {
	{rule | some rule, _ in policy.rules} == {rule | some rule, _ in policy.every_condition}
}

# An event that says nothing calls for nothing.
test_requirements_nothing if {
	count(policy.applying) == 0 with input as event({})
}

applies(rule, asked) if unmet_by(rule, asked) == []

unmet_by(rule, asked) := verdict_of(rule, asked).unmet

verdict_of(rule, asked) := verdict if {
	verdict := policy.verdict(rule, policy.conditions[rule]) with input as explained(asked)
}

explained(asked) := object.union(asked, {"explained": true})

on(day) := {"days": {"OCCURRED": day, "RECORDED": day}}

event(patch) := object.union(
	{
		"kind": "INCIDENT",
		"days": {"OCCURRED": "2026-10-02", "RECORDED": "2026-10-03"},
		"providers": ["NHS_TRUST"],
		"near_miss": false,
		"incident_suspected": "",
		"service_areas": ["ACUTE"],
		"specialty": "",
		"involved_agents": [],
		"safety_challenges": [],
		"outcome_types": [],
		"patients": [patient({})],
		"answers": {},
		"worded": [],
		"declared": {"never_event_type": "", "sectioned": false, "deprivation_of_liberty": false},
	},
	patch,
)

patient(patch) := object.union(
	{"sequence": 1, "age_bracket": "", "physical_harm": "NONE", "psychological_harm": "", "strength_of_association": ""},
	patch,
)

# Somebody who died, and how far the incident led to that.
died(strength) := {"patients": [patient({}), patient({"sequence": 2, "physical_harm": "FATAL", "strength_of_association": strength})]}

died_aged(bracket) := {"patients": [patient({"physical_harm": "FATAL", "age_bracket": bracket})]}

physical(harm) := {"patients": [patient({"physical_harm": harm})]}

psychological(harm) := {"patients": [patient({"psychological_harm": harm})]}

answers(element, codes) := {"answers": {element: codes}}

all_of(patches) := object.union_n(patches)
