# METADATA
# title: What a reader may do with an area
# description: |
#   Organisations, ICBs and regions are everybody's to see. Who holds a grant on
#   one is not.
package area

import data.principal

visible := true

# Admins list who holds a grant in their area.
permits contains "list_members" if input.area.area in principal.areas_as({"ADMIN"})

# Admins issue and list the local risk management systems of the organisations in
# their area.
permits contains "manage_clients" if {
	some code in principal.organisations_as({"ADMIN"})
	input.area.area == concat(":", ["ORGANISATION", code])
}

# So do national leads, anywhere.
permits contains "manage_clients" if principal.is_national_lead

# National leads list who holds a grant anywhere.
permits contains "list_members" if principal.is_national_lead
