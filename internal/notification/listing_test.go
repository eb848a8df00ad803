package notification_test

import (
	"testing"

	"lfpse/internal/notification"
)

// No kind can be mailed without somebody having said how it is listed.
func TestEveryKindSaysHowItIsListed(t *testing.T) {
	kinds, err := notification.Kinds()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		if _, ok := notification.ListedAs(kind); !ok {
			t.Errorf("mails of kind %q: add a line to listings", kind)
		}
	}
	if _, ok := notification.ListedAs("no such"); ok {
		t.Error("a kind that nobody has thought of is listed")
	}
}
