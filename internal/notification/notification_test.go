package notification_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lfpse/internal/notification"
)

func TestEveryMailSaysWhatHappenedAndWhereToReadOn(t *testing.T) {
	w, err := notification.NewWriter("https://lfpse.example/safety/")
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := notification.Kinds()
	if err != nil || len(kinds) < 10 {
		t.Fatalf("%d kinds, %v", len(kinds), err)
	}
	withoutLink := []notification.Kind{notification.AwaitingApproval, notification.RegistrationRejected, notification.AccountClosed, notification.Feedback}
	for _, kind := range kinds {
		m, err := w.Write(uuid.Nil, notification.Mail{Kind: kind, To: "a@b.example", Token: "t0", Details: map[string]string{"until": "noon", "message": "Thank you.", "page": "", "reply": "", "reference": "HDC9N-EW268", "references": "HDC9N-EW268"}})
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if m.Subject == "" || len(m.Subject) > 78 || !strings.HasPrefix(m.Text, "Hello,\n") {
			t.Errorf("%s begins %q: %q", kind, m.Subject, m.Text)
		}
		if got := strings.Contains(m.Text, "https://lfpse.example/safety"); got == slices.Contains(withoutLink, kind) {
			t.Errorf("%s has a link: %v", kind, got)
		}
		if strings.Contains(m.Text, "no value") {
			t.Errorf("%s has a gap: %s", kind, m.Text)
		}
	}
}

func TestALinkCarriesItsTokenWhole(t *testing.T) {
	w, err := notification.NewWriter("https://lfpse.example")
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.Write(uuid.Nil, notification.Mail{Kind: notification.Unlock, Token: "a b&c", Details: map[string]string{"until": "noon"}})
	if err != nil || !strings.Contains(m.Text, "https://lfpse.example/unlock?token=a+b%26c\n") {
		t.Errorf("got %s, %v", m.Text, err)
	}
}

func TestAMailWithoutWordsOrDetailsIsAnErrorThatRepeatsNothing(t *testing.T) {
	w, err := notification.NewWriter("https://lfpse.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []notification.Mail{
		{Kind: "no such", To: "asha@trust.example", Token: "secret"},
		{Kind: notification.Unlock, To: "asha@trust.example", Token: "secret"},
	} {
		_, err := w.Write(uuid.Nil, m)
		if err == nil || strings.Contains(err.Error(), "asha") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v", m.Kind, err)
		}
	}
}

func TestLinksLeadToAnAddressOfTheWeb(t *testing.T) {
	for _, base := range []string{"", "lfpse.example", "ftp://lfpse.example", "https://", "https://lfpse.example?a=b", "https://lfpse.example#a"} {
		if _, err := notification.NewWriter(base); err == nil {
			t.Errorf("%q is taken", base)
		}
	}
}
