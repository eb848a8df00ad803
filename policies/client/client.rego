# METADATA
# title: Which local risk management systems a reader sees
# description: |
#   A client is one organisation's machine. Those who look after the organisation
#   issue it and its keys, and take them away.
package client

import data.principal

visible if input.client.organisation in principal.organisations_as({"ADMIN"})

visible if principal.is_national_lead

# Whoever sees one looks after it.
permits contains "manage_client" if visible
