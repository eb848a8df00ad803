# METADATA
# title: What a reader may do about events in general
# description: An action that no rule below allows is refused.
package event

import data.principal

# Every person who has signed in.
may contains "record_event" if principal.is_account

# A client, for the one organisation that its keys are bound to.
may contains "record_event" if {
	principal.is_client
	count(input.principal.organisations) == 1
}

# Many at once, under references of its own.
may contains "submit_events" if {
	principal.is_client
	count(input.principal.organisations) == 1
}

# Nobody but the anonymous: who has signed in cannot be unknown.
may contains "record_event_anonymously" if principal.is_anonymous

# People keep drafts. A client sends what is finished, and who is nobody could
# not come back to one.
may contains "save_draft" if principal.is_account

# Whoever may record events signed in has events of their own,
may contains "manage_own_events" if principal.is_account

# which they may take away,
may contains "export_events" if principal.is_account

# and those with an area have others' too.
may contains "view_area_events" if count(principal.organisations_as(area_roles)) > 0

may contains "view_area_events" if principal.is_national_lead
