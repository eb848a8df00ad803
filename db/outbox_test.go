package db_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/uptrace/bun"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/mailer"
	"lfpse/internal/mailer/mailertest"
	"lfpse/internal/notification"
)

const (
	addressee   = "asha.kapoor@trust.example"
	secretToken = "token-that-opens-an-account"
)

// office is an outbox on a database of the test's own, and the post beyond it.
type office struct {
	*db.Outbox
	t      *testing.T
	db     *db.DB
	server *mailertest.Server
	words  *notification.Writer
}

func newOffice(t *testing.T) *office {
	t.Helper()
	d := dbtest.Fresh(t)
	words, err := notification.NewWriter("https://lfpse.example")
	if err != nil {
		t.Fatal(err)
	}
	return &office{Outbox: dbtest.Outbox(t, d), t: t, db: d, server: mailertest.Start(t, nil), words: words}
}

func reset() notification.Mail {
	return notification.Mail{
		Kind: notification.PasswordReset, To: addressee, Token: secretToken,
		Details: map[string]string{"until": "10:45 on 2 October 2026"},
	}
}

// put makes a change that somebody is told of.
func (o *office) put(mails ...notification.Mail) {
	o.t.Helper()
	err := o.InTransaction(o.t.Context(), o.db.DB, func(context.Context, bun.IDB) ([]notification.Mail, error) { return mails, nil })
	if err != nil {
		o.t.Fatal(err)
	}
}

// deliver delivers until stopped, or the test ends.
func (o *office) deliver(sender db.Sender) (stop func()) {
	o.t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(o.t.Context()))
	ended := make(chan error, 1)
	go func() {
		ended <- o.Deliver(ctx, db.Delivery{Writer: o.words, Sender: sender, Pause: func(int) time.Duration { return 10 * time.Millisecond }})
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			o.t.Error(err)
		}
	})
	o.t.Cleanup(stop)
	return stop
}

func (o *office) smtp() db.Sender {
	o.t.Helper()
	sender, err := mailer.NewSMTP(mailer.SMTPOptions{
		Host: o.server.Host, Port: o.server.Port, Security: mailer.Open, From: "Patient safety <no-reply@lfpse.example>", Timeout: 5 * time.Second,
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return sender
}

// queued is everything that the database holds of the queue, as text.
func (o *office) queued() string {
	o.t.Helper()
	var rows []string
	if err := o.db.NewRaw("SELECT j::text FROM river_job j").Scan(o.t.Context(), &rows); err != nil {
		o.t.Fatal(err)
	}
	return strings.Join(rows, "\n")
}

func (o *office) eventually(what string, holds func() bool) {
	o.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if holds() {
			return
		}
	}
	o.t.Fatalf("waited in vain for %s", what)
}

func TestAMailIsKeptWithItsChangeOrNotAtAll(t *testing.T) {
	o := newOffice(t)
	undone := errors.New("something after it failed")
	err := o.InTransaction(t.Context(), o.db.DB, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		if _, err := tx.NewRaw("INSERT INTO region (ods_code, name) VALUES ('Y99', 'Nowhere')").Exec(ctx); err != nil {
			return nil, err
		}
		return []notification.Mail{reset()}, undone
	})
	if !errors.Is(err, undone) {
		t.Fatalf("got %v", err)
	}
	err = o.InTransaction(t.Context(), o.db.DB, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		_, err := tx.NewRaw("INSERT INTO region (ods_code, name) VALUES ('Y98', 'Nowhere')").Exec(ctx)
		return []notification.Mail{{Kind: "no such", To: addressee}}, err
	})
	if err == nil || strings.Contains(err.Error(), addressee) {
		t.Fatalf("a mail without words: got %v", err)
	}
	var regions, jobs int
	if err := o.db.NewRaw("SELECT (SELECT count(*) FROM region), (SELECT count(*) FROM river_job)").Scan(t.Context(), &regions, &jobs); err != nil {
		t.Fatal(err)
	}
	if regions != 0 || jobs != 0 {
		t.Errorf("%d changes and %d mails are kept of what failed", regions, jobs)
	}
	o.put(reset())
	if !strings.Contains(o.queued(), "password_reset") {
		t.Errorf("of a change that was made the mail is missing: %s", o.queued())
	}
}

func TestACopyOfTheDatabaseTellsNeitherAddressNorToken(t *testing.T) {
	o := newOffice(t)
	o.put(reset())
	o.server.Refuse(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no mailbox " + addressee})
	o.deliver(o.smtp())
	o.eventually("the mail to be given up", func() bool { return len(o.failed()) == 1 })
	for _, secret := range []string{addressee, "asha", secretToken, "YXNoYS5rYXBvb3I"} {
		if strings.Contains(o.queued(), secret) {
			t.Errorf("%s is in the clear in %s", secret, o.queued())
		}
	}
}

func (o *office) failed() []db.FailedMail {
	o.t.Helper()
	failed, err := o.FailedMails(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return failed
}

func TestAMailIsSentOnceUnderAnIDOfItsOwn(t *testing.T) {
	o := newOffice(t)
	first, second := o.deliver(o.smtp()), o.deliver(o.smtp())
	for range 20 {
		o.put(reset())
	}
	o.server.Wait(t, addressee, 20)
	first()
	second()
	ids := map[string]bool{}
	for _, m := range o.server.Mails() {
		ids[m.Header.Get("Message-ID")] = true
		if m.Link() != "https://lfpse.example/reset?token="+secretToken || m.Subject == "" {
			t.Errorf("got %q, link %s", m.Subject, m.Link())
		}
	}
	if len(o.server.Mails()) != 20 || len(ids) != 20 {
		t.Errorf("%d mails came under %d ids, want 20 of each", len(o.server.Mails()), len(ids))
	}
}

func TestAServerThatIsAwayIsTriedAgain(t *testing.T) {
	o := newOffice(t)
	tries := 0
	o.server.RefuseIf(func(string) error {
		if tries++; tries < 4 {
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "come back later"}
		}
		return nil
	})
	o.put(reset())
	o.deliver(o.smtp())
	o.server.Wait(t, addressee, 1)
	if failed := o.failed(); len(failed) != 0 {
		t.Errorf("%+v is given up though it was sent", failed)
	}
}

func TestAMailThatIsRefusedForGoodIsListedAndCanBeTriedAgain(t *testing.T) {
	o := newOffice(t)
	o.server.Refuse(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no mailbox " + addressee})
	o.put(reset())
	o.deliver(o.smtp())
	o.eventually("the mail to be given up", func() bool { return len(o.failed()) == 1 })
	given := o.failed()[0]
	if given.About != notification.PasswordReset || given.Tries != 1 || !strings.Contains(given.Reason, "550 5.1.1") || strings.Contains(given.Reason, "@") {
		t.Errorf("listed as %+v", given)
	}
	o.server.Refuse(nil)
	if found, err := o.RetryMail(t.Context(), given.ID); !found || err != nil {
		t.Fatalf("trying it again: %v, %v", found, err)
	}
	if sent := o.server.Wait(t, addressee, 1); sent.Header.Get("Message-ID") != "<"+given.Mail.String()+"@lfpse.example>" {
		t.Errorf("sent as %s", sent.Header.Get("Message-ID"))
	}
	if found, err := o.RetryMail(t.Context(), given.ID+1000); found || err != nil {
		t.Errorf("a mail that does not exist: %v, %v", found, err)
	}
	o.eventually("the list to be empty", func() bool { return len(o.failed()) == 0 })
}

func TestAMailSurvivesAProcessThatIsKilled(t *testing.T) {
	o := newOffice(t)
	o.put(reset(), reset())
	// Killed while it sent the second: the queue is left with a mail that
	// somebody is sending, and nobody is.
	_, err := o.db.NewRaw(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now() - interval '10 minutes',
		attempted_by = '{killed}' WHERE id = (SELECT max(id) FROM river_job)`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.deliver(o.smtp())
	o.server.Wait(t, addressee, 2)
}

type senderFunc func(context.Context, notification.Message) error

func (f senderFunc) Send(ctx context.Context, m notification.Message) error { return f(ctx, m) }

func TestWhatASenderThrowsIsNotKept(t *testing.T) {
	o := newOffice(t)
	o.put(reset())
	thrown := make(chan struct{}, 100)
	o.deliver(senderFunc(func(_ context.Context, m notification.Message) error {
		thrown <- struct{}{}
		panic(m.To)
	}))
	<-thrown
	<-thrown
	if queued := o.queued(); strings.Contains(queued, addressee) || !strings.Contains(queued, "panicked") {
		t.Errorf("kept: %s", queued)
	}
}
