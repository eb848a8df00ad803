# METADATA
# title: Which grants a reader sees, and who takes one away
# description: |
#   A grant is a role on an area that an account holds. To be an admin of an area
#   is to hold ADMIN on it, or on one that it lies in.
package grant

import data.principal

# People see what they hold themselves.
visible if {
	principal.is_account
	input.grant.account == input.principal.id
}

# Admins see who holds what in their area.
visible if in_area

# National leads see every grant.
visible if principal.is_national_lead

# Whoever lists the members of an area takes grants on it away, their own not
# excepted: an admin may leave.
permits contains "revoke_grant" if in_area

permits contains "revoke_grant" if principal.is_national_lead

may contains "manage_members" if count(principal.areas_as({"ADMIN"})) > 0

may contains "manage_members" if principal.is_national_lead

in_area if input.grant.area in principal.areas_as({"ADMIN"})
