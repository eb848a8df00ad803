# METADATA
# title: Which requests for access a reader sees, and who decides about one
# description: |
#   To be an admin of an area is to hold ADMIN on it, or on one that it lies in.
#   A request's route says who decides as things stand: AREA_ADMINS where
#   somebody who can sign in is an admin of its area and not the requester, else
#   NATIONAL_LEADS.
package access_request

import data.principal

# People see what they asked for themselves.
visible if is_own

# Admins see what is asked for in their area.
visible if in_area

# National leads see every request, whoever decides about it.
visible if principal.is_national_lead

# Whoever asked takes the request back.
permits contains "cancel_request" if is_own

# Admins decide about requests for their area, never about their own.
permits contains "decide_request" if {
	principal.is_account
	not input.access_request.requester == input.principal.id
	in_area
}

# National leads do where there is nobody nearer, never about their own.
permits contains "decide_request" if {
	principal.is_national_lead
	not input.access_request.requester == input.principal.id
	input.access_request.route == "NATIONAL_LEADS"
}

# Everybody who registered may ask.
may contains "request_access" if principal.is_account

may contains "manage_requests" if count(principal.areas_as({"ADMIN"})) > 0

may contains "manage_requests" if principal.is_national_lead

is_own if {
	principal.is_account
	input.access_request.requester == input.principal.id
}

in_area if input.access_request.area in principal.areas_as({"ADMIN"})
