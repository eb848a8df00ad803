# METADATA
# title: Who decides about registrations
# description: |
#   Registrations from addresses that nobody recognises, and organisations given
#   in words, wait for somebody who is responsible for the country.
package account

import data.principal

may contains "approve_registrations" if principal.is_national_lead

# People say themselves where they work.
may contains "add_organisation" if principal.is_account

# Asked only of accounts that exist for the reader.
permits contains "decide_registration" if principal.is_national_lead
