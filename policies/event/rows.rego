# METADATA
# title: Which events exist for a reader
# description: |
#   An event that no rule below shows does not exist for the reader: not by its
#   id, in a list, in a count or in a statistic. Nobody sees another person's
#   draft, and an anonymous reader sees no event at all.
package event

import data.principal

# People see what they recorded themselves, drafts included, for good.
visible if is_own

# A client sees what it sent.
visible if is_sent

# An area's people see what was reported from it or happened in it.
visible if {
	is_submitted
	concerns(principal.organisations_as(area_roles))
}

# National leads see every submitted event.
visible if {
	is_submitted
	principal.is_national_lead
}
