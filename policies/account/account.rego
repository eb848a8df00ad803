# METADATA
# title: Which accounts a reader sees, and what of them
# description: |
#   An account's id, name and job role are also seen by whoever may see who
#   recorded an event of theirs: that is a rule about events, not about accounts.
package account

import data.principal

# People see their own account.
visible if {
	principal.is_account
	input.account.id == input.principal.id
}

# Admins see those who have an organisation of their area on their profile,
visible if overlaps(input.account.organisations, principal.organisations_as({"ADMIN"}))

# or hold a grant in it,
visible if overlaps(input.account.grant_areas, principal.areas_as({"ADMIN"}))

# or ask for one.
visible if overlaps(input.account.asked_areas, principal.areas_as({"ADMIN"}))

# National leads see everybody.
visible if principal.is_national_lead

# E-mail address, organisations, status and dates: each of the readers above.
shows contains "account_private" if visible
