# METADATA
# title: What organisations did about an event, and what a reader sees of it
# description: |
#   A review, an investigation or a response to policy is an organisation's,
#   about an event. Whoever sees the event sees that it is there, its state and
#   its dates; these rules say who sees more. They are asked only of what stands
#   beside an event that exists for the reader, whose state is event_status.
package governance

import data.principal

# The roles of people who answer for an area's care. A read-only reader looks on
# from outside.
responsible_roles := {"ORGANISATIONAL", "ADMIN"}

# Which events exist is a rule about events, not about what stands beside them.
visible if input.governance.event_status in {"SUBMITTED", "UNDER_REVIEW", "REVIEWED", "WITHDRAWN"}

# Of a withdrawn event no words are left, those about it included.
has_words if input.governance.event_status in {"SUBMITTED", "UNDER_REVIEW", "REVIEWED"}

# It is the reader's own area's.
is_of_area if input.governance.organisation in principal.organisations_as(responsible_roles)

# The reader did it.
is_own if {
	principal.is_account
	input.governance.made_by == input.principal.id
}

# Who did it, what came of it, references: those who answer for the organisation
# that did it, and national leads.
shows contains "governance_detail" if is_of_area

shows contains "governance_detail" if principal.is_national_lead

# Its free text without identifiers: the same.
shows contains "governance_text" if {
	has_words
	is_of_area
}

shows contains "governance_text" if {
	has_words
	principal.is_national_lead
}

# As it was typed: whoever typed it, as long as they answer for the organisation
# on whose behalf they did.
shows contains "governance_original" if {
	has_words
	is_of_area
	is_own
}
