# METADATA
# title: What an event is to its reader
# description: The words in which the rules about events are written.
package event

import data.principal

# The roles that read the events of an area.
area_roles := {"ORGANISATIONAL", "ADMIN", "READ_ONLY"}

# Of those, the roles of people who answer for the area's care. A read-only
# reader looks on from outside: a commissioner, a regional team, a researcher.
responsible_roles := {"ORGANISATIONAL", "ADMIN"}

# A draft has not been given to anybody yet.
is_draft if input.event.status == "DRAFT"

# Everything that has been given to the service, and stays so when withdrawn.
is_submitted if input.event.status in {"SUBMITTED", "UNDER_REVIEW", "REVIEWED", "WITHDRAWN"}

# A withdrawn event is a tombstone: its reference and its dates remain. Every
# other has content to show.
has_content if input.event.status in {"DRAFT", "SUBMITTED", "UNDER_REVIEW", "REVIEWED"}

# It was taken back.
is_withdrawn if input.event.status == "WITHDRAWN"

# The reader recorded it, signed in.
is_own if {
	principal.is_account
	input.event.recorded_by == input.principal.id
}

# The reader is the system that sent it.
is_sent if {
	principal.is_client
	input.event.client_id == input.principal.id
	is_submitted
}

# The reporter's organisation is one of these.
reported_by(organisations) if input.event.organisation in organisations

# It was reported by one of these organisations, or happened in one.
concerns(organisations) if reported_by(organisations)

concerns(organisations) if overlaps(input.event.occurred_at_organisations, organisations)
