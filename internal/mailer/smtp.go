// Package mailer hands mails over: to a server that speaks SMTP, or, in a
// demonstration, to a page that shows them.
package mailer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"

	"lfpse/internal/notification"
)

// Security is how the connection to the mail server is protected.
type Security string

// The ways. STARTTLS refuses a server that does not offer it: mails carry
// links that let their bearer into an account.
const (
	StartTLS Security = "starttls" // begins in the clear, and is protected before anything is said
	TLS      Security = "tls"      // protected from the first byte
	Open     Security = "none"     // for a server on the same machine
)

// SMTPOptions say which server, and as whom.
type SMTPOptions struct {
	Host     string
	Port     int
	Security Security
	Username string // empty: the server asks for no name
	Password string
	From     string        // the address that mails come from, with a name or without
	Timeout  time.Duration // for one mail, from dialling to the server's last word
	// Roots are the authorities whose certificates are believed; nil for those
	// that the system believes.
	Roots *x509.CertPool
}

// SMTP hands mails to a mail server. It may be used by many goroutines.
type SMTP struct {
	options SMTPOptions
	from    mail.Address
}

// NewSMTP checks the options. It does not speak to the server: that may be away
// when the service starts.
func NewSMTP(o SMTPOptions) (*SMTP, error) {
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, errors.New("LFPSE_SMTP_FROM must be an e-mail address, such as Patient safety <no-reply@lfpse.example>")
	}
	s := &SMTP{options: o, from: *from}
	if _, err := s.client(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *SMTP) client() (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithPort(s.options.Port), gomail.WithTimeout(s.options.Timeout), gomail.WithoutNoop(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.options.Host, RootCAs: s.options.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch s.options.Security {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		options = append(options, gomail.WithSSL())
	case Open:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, errors.New("LFPSE_SMTP_SECURITY must be starttls, tls or none")
	}
	if s.options.Username != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.options.Username), gomail.WithPassword(s.options.Password))
	}
	client, err := gomail.NewClient(s.options.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("the mail server's settings: %w", err)
	}
	return client, nil
}

// Refused is a mail that the server did not take. It repeats nothing of the
// mail, nor of what the server said of it: servers quote addresses.
type Refused struct {
	Code     int    // the server's reply, 0 where it gave none
	Enhanced string // such as 5.1.1; empty where it gave none
	// ForGood tells that this mail will never be taken: the address does not
	// exist, or the server does not want the mail's text.
	ForGood bool
}

// Error says what happened in codes.
func (r *Refused) Error() string {
	switch {
	case r.Code == 0:
		return "the mail server could not be reached, or did not finish"
	case r.ForGood:
		return fmt.Sprintf("the mail server refuses for good: %d %s", r.Code, r.Enhanced)
	default:
		return fmt.Sprintf("the mail server refuses for now: %d %s", r.Code, r.Enhanced)
	}
}

// Lost tells that this mail will never be taken.
func (r *Refused) Lost() bool { return r.ForGood }

// Send hands one mail over. An error is a *Refused, or the context's.
func (s *SMTP) Send(ctx context.Context, m notification.Message) error {
	message, err := s.compose(m)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, message)
	// A server that took the mail has it, whatever happened at the farewell.
	if err == nil || message.IsDelivered() {
		return nil
	}
	return refusal(err)
}

func (s *SMTP) compose(m notification.Message) (*gomail.Msg, error) {
	message := gomail.NewMsg()
	message.FromMailAddress(&s.from)
	if err := message.To(m.To); err != nil {
		return nil, &Refused{Code: 553, Enhanced: "5.1.3", ForGood: true}
	}
	message.Subject(m.Subject)
	message.SetMessageIDWithValue(m.ID)
	message.SetDate()
	// So that no absence notice answers (RFC 3834).
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	return message, nil
}

// refusal keeps of an error what is no more than codes.
func refusal(err error) error {
	var sending *gomail.SendError
	if !errors.As(err, &sending) {
		return &Refused{}
	}
	ofTheMail := sending.Reason == gomail.ErrSMTPRcptTo || sending.Reason == gomail.ErrSMTPData || sending.Reason == gomail.ErrSMTPDataClose
	return &Refused{
		Code: sending.ErrorCode(), Enhanced: sending.EnhancedStatusCode(),
		ForGood: ofTheMail && sending.ErrorCode() >= 500,
	}
}
