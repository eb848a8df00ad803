# METADATA
# title: Who sees what people were told
# description: |
#   A notification is its receiver's alone. What it tells of is another matter:
#   that is asked of the rules about its subject, each time.
package notification

import data.principal

visible if {
	principal.is_account
	input.notification.receiver == input.principal.id
}

# Asked only of notifications that exist for the reader.
permits contains "mark_read" if principal.is_account
