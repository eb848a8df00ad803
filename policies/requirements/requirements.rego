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

# The rules that apply, and the answers because of which they do.
applying[id] := because if {
	some id
	in_force[id]
	list := conditions[id]
	because := {answer | some answer in list[_].because} | day_of(id)
}

# What each rule says of the event: the answers that met its conditions, and
# what of them was not met, in order.
verdicts[id] := verdict(id, list) if some id, list in every_condition

verdict(id, list) := {"because": because, "unmet": unmet} if {
	all := array.concat([{"says": "the rule is in force on the event's day", "because": day_of(id)}], list)
	because := {answer | some answer in all[_].because}
	unmet := [one.says | some one in all; count(one.because) == 0]
}

# Every rule's conditions, met or not: worked out once, however often it is looked into.
every_condition := all if {
	all := conditions with input.explained as true
}

# A rule holds for events of its days: those on which they occurred, or those
# on which they were recorded. What the rules are, and which of them hold from
# when until when, is data here: worked out when they are compiled.
in_force contains id if {
	some period in data.requirement_periods
	day := input.days[period.judged_by]
	period.from <= day
	day <= period.until
	some id in period.rules
}

periods contains period if {
	some rule in rules
	period := {
		"judged_by": rule.judged_by,
		"from": rule.from,
		"until": last_day(rule),
		"rules": {id | some id, other in rules; days(other) == days(rule)},
	}
}

days(rule) := [rule.judged_by, rule.from, last_day(rule)]

last_day(rule) := object.get(rule, "until", "9999-12-31")

day_of(id) := {because |
	in_force[id]
	by := data.requirement_rules[id].judged_by
	because := sprintf("%s on %s", [lower(by), input.days[by]])
}

# What must be so, and the answers because of which it is. What is not so is
# nothing, so that of a rule that does not apply nobody asks what comes after; only
# who wants it explained is told of every condition.
condition(says, because) := {"says": says, "because": because} if count(because) > 0

condition(says, because) := {"says": says, "because": because} if input.explained
