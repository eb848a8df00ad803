# METADATA
# title: On whose behalf a reader acts on an event
# description: |
#   Asked of each organisation that an event concerns, as if what is to be done
#   stood there already. Which states of an event an action leaves is the
#   service's to know (docs/lifecycle.md).
package governance

import data.principal

# Reviews are started and completed by those who answer for the area's care.
permits contains "review_event" if input.governance.organisation in principal.organisations_as(responsible_roles)

# Never events, investigations, duty of candour and what else law and national
# policy ask for are for its admins alone.
permits contains "govern_event" if input.governance.organisation in principal.organisations_as({"ADMIN"})

# A local risk management system says what its own organisation's admins decided
# there. This is asked by the national interface alone.
permits contains "declare_governance" if {
	principal.is_client
	input.governance.organisation in input.principal.organisations
}
