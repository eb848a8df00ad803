# METADATA
# title: What a reader may do with one event
# description: |
#   These rules are asked only of events that exist for the reader. Which of an
#   event's states an action leaves, and for which it makes it, is the service's
#   to know (docs/lifecycle.md): here is who. What no rule permits is refused.
package event

import data.principal

# Whoever wrote a draft saves, submits or deletes it. Submitting what was
# submitted already is answered with the event, so that it can be tried again.
permits contains "manage_draft" if is_own

# Whoever recorded an event corrects it, as does the system that sent it,
permits contains "update_event" if {
	is_own
	is_submitted
}

permits contains "update_event" if is_sent

# and those who answer for the reporter's organisation. Where it merely
# happened, it is read and not written.
permits contains "update_event" if {
	is_submitted
	reported_by(principal.organisations_as(responsible_roles))
}

# Whoever recorded an event takes it back, as does the system that sent it,
permits contains "withdraw_event" if {
	is_own
	is_submitted
}

permits contains "withdraw_event" if is_sent

# an admin of the reporter's organisation,
permits contains "withdraw_event" if {
	is_submitted
	reported_by(principal.organisations_as({"ADMIN"}))
}

# and, for those whom nobody can ask, a national lead.
permits contains "withdraw_event" if {
	is_submitted
	input.event.source == "ANONYMOUS"
	principal.is_national_lead
}

# Words that still identify somebody are marked by an admin of the reporter's
# organisation,
permits contains "redact_further" if {
	is_submitted
	reported_by(principal.organisations_as({"ADMIN"}))
}

# and by a national lead. What is marked is hidden from both, too.
permits contains "redact_further" if {
	is_submitted
	principal.is_national_lead
}
