# METADATA
# title: What a visible event shows
# description: |
#   Fields come in classes (fields.yaml lists them). A class that no rule below
#   shows is hidden. These rules are asked only of events that exist for the
#   reader; those about people and originals hold without that. Where both views
#   of the free text are shown, the reader is given the original.
package event

import data.principal
import data.settings

# The coded and dated answers, and the free text without identifiers: whoever
# sees the event.
shows contains "structured" if has_content

shows contains "text" if has_content

shows contains "text_anonymised" if has_content

# The free text as it was typed: the author of a draft,
shows contains "text_original" if {
	is_own
	is_draft
}

# the reporter of a submitted event, where the national settings say so,
shows contains "text_original" if {
	settings.reporter_text == "original"
	is_own
	has_content
}

# and the system that sent it.
shows contains "text_original" if {
	is_sent
	has_content
}

# How to reach the reporter: the reporter, and the system that sent it.
shows contains "contact" if {
	from_reader
	has_content
}

# Who submitted, and who updated: they themselves, and those who answer for the
# reporter's organisation. Where it merely happened, nobody learns who told.
shows contains "people" if {
	from_reader
	has_content
}

shows contains "people" if {
	has_content
	is_submitted
	reported_by(principal.organisations_as(responsible_roles))
}

# Who updated it beside the reader: those who answer for the reporter's
# organisation alone. Its reporter sees that it was updated, and when.
shows contains "editors" if {
	has_content
	is_submitted
	reported_by(principal.organisations_as(responsible_roles))
}

# A patient's age in years, months or days, rather than its bracket: the same,
# and those who answer for the place where it happened.
shows contains "exact_age" if {
	from_reader
	has_content
}

shows contains "exact_age" if {
	has_content
	is_submitted
	concerns(principal.organisations_as(responsible_roles))
}

# Why it was withdrawn, without identifiers: whoever sees that it was,
shows contains "reason" if is_withdrawn

# and as it was typed: whoever typed it.
shows contains "reason_original" if {
	is_withdrawn
	principal.is_account
	input.event.withdrawn_by == input.principal.id
}

shows contains "reason_original" if {
	is_withdrawn
	principal.is_client
	input.event.withdrawn_by_client == input.principal.id
}

# The reader is where the event came from.
from_reader if is_own

from_reader if is_sent
