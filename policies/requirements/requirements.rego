# METADATA
# title: What law and national policy require of an event
# description: |
#   Each file beside this one is a source of policy. It adds to rules what its
#   rules are, and to conditions when they apply: a list, in the order in which
#   somebody would ask. A condition says what must be so, and because of which
#   answers it is; it is met if there are any. A rule applies on the days on which
#   it is in force if all of its conditions are met.
#
#   The input is structured answers alone. Nothing that somebody typed reaches
#   these rules.
package requirements

# What each rule says of the event: the answers that met its conditions, and
# what of them was not met, in order.
verdicts[id] := {"because": because, "unmet": unmet} if {
	some id, rule in every_rule
	all := array.concat([in_force(rule)], every_condition[id])
	because := {answer | some answer in all[_].because}
	unmet := [condition.says | some condition in all; count(condition.because) == 0]
}

# Each is worked out once, however often it is looked into.
every_rule := rules

every_condition := conditions

# A rule holds for events of its days: those on which they occurred, or those
# on which they were recorded.
in_force(rule) := condition("the rule is in force on the event's day", {because |
	day := input.days[rule.judged_by]
	rule.from <= day
	day <= object.get(rule, "until", "9999-12-31")
	because := sprintf("%s on %s", [lower(rule.judged_by), day])
})

# What must be so, and the answers because of which it is.
condition(says, because) := {"says": says, "because": because}
