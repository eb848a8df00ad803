package mailer_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"lfpse/internal/mailer"
	"lfpse/internal/mailer/mailertest"
	"lfpse/internal/notification"
)

var message = notification.Message{
	ID: "5f0c@lfpse.example", To: "asha@trust.example", Subject: "Hello, Łódź", Text: "Here:\n\nhttps://lfpse.example/unlock?token=abc\n",
}

func sender(t *testing.T, host string, port int, change func(*mailer.SMTPOptions)) *mailer.SMTP {
	t.Helper()
	o := mailer.SMTPOptions{Host: host, Port: port, Security: mailer.Open, From: "Safety <no-reply@lfpse.example>", Timeout: 5 * time.Second}
	if change != nil {
		change(&o)
	}
	s, err := mailer.NewSMTP(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// certificate borrows the one that httptest has for 127.0.0.1.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	return &tls.Config{Certificates: web.TLS.Certificates}, roots
}

func TestAMailArrivesAsItIs(t *testing.T) {
	server := mailertest.Start(t, nil)
	if err := sender(t, server.Host, server.Port, nil).Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	got := server.Wait(t, message.To, 1)
	if got.Text != message.Text || got.Token() != "abc" || got.Header.Get("Message-ID") != "<"+message.ID+">" ||
		got.Header.Get("Auto-Submitted") != "auto-generated" || got.Header.Get("Date") == "" {
		t.Errorf("got %+v", got)
	}
}

func TestAProtectedConnectionIsProtectedOrThereIsNone(t *testing.T) {
	config, roots := certificate(t)
	plain := mailertest.Start(t, nil)
	offering := mailertest.Start(t, func(s *smtp.Server) { s.TLSConfig = config })
	for name, c := range map[string]struct {
		server *mailertest.Server
		roots  *x509.CertPool
		taken  bool
	}{
		"a server that offers it":               {offering, roots, true},
		"a certificate that nobody vouches for": {offering, nil, false},
		"a server that does not offer it":       {plain, roots, false},
	} {
		t.Run(name, func(t *testing.T) {
			err := sender(t, c.server.Host, c.server.Port, func(o *mailer.SMTPOptions) {
				o.Security, o.Roots = mailer.StartTLS, c.roots
			}).Send(t.Context(), message)
			if (err == nil) != c.taken {
				t.Errorf("got %v", err)
			}
		})
	}
	if n := len(plain.Mails()); n != 0 {
		t.Errorf("%d mails went in the clear", n)
	}
}

func TestARefusalIsToldInCodesAlone(t *testing.T) {
	server := mailertest.Start(t, nil)
	for _, c := range []struct {
		reply   *smtp.SMTPError
		forGood bool
	}{
		{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no asha@trust.example here"}, true},
		{&smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "asha@trust.example is full"}, false},
	} {
		server.Refuse(c.reply)
		err := sender(t, server.Host, server.Port, nil).Send(t.Context(), message)
		var refused *mailer.Refused
		if !errors.As(err, &refused) || refused.Code != c.reply.Code || refused.Lost() != c.forGood || strings.Contains(err.Error(), "asha") {
			t.Errorf("%d: got %v", c.reply.Code, err)
		}
	}
}

func TestASilentServerIsNotWaitedForForLong(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	at := listener.Addr().(*net.TCPAddr)
	ended := make(chan error, 1)
	go func() {
		ended <- sender(t, "127.0.0.1", at.Port, func(o *mailer.SMTPOptions) { o.Timeout = 50 * time.Millisecond }).Send(context.Background(), message)
	}()
	select {
	case err := <-ended:
		if refused := (*mailer.Refused)(nil); !errors.As(err, &refused) || refused.Lost() {
			t.Errorf("got %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it waits still")
	}
}

func TestAServerThatHasTheMailHasItWhateverItsFarewell(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go hangUpAtTheFarewell(listener)
	if err := sender(t, "127.0.0.1", listener.Addr().(*net.TCPAddr).Port, nil).Send(t.Context(), message); err != nil {
		t.Errorf("got %v", err)
	}
}

// hangUpAtTheFarewell takes one mail and ends the connection without a word.
func hangUpAtTheFarewell(listener net.Listener) {
	conn, err := listener.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	fmt.Fprint(conn, "220 here\r\n")
	lines, text := bufio.NewScanner(conn), false
	for lines.Scan() {
		switch line := lines.Text(); {
		case text && line == ".":
			text = false
			fmt.Fprint(conn, "250 taken\r\n")
		case text:
		case line == "DATA":
			text = true
			fmt.Fprint(conn, "354 go on\r\n")
		case line == "RSET", line == "QUIT":
			return
		default:
			fmt.Fprint(conn, "250 yes\r\n")
		}
	}
}

func TestSettingsThatCannotWorkAreRefusedAtOnce(t *testing.T) {
	for name, change := range map[string]func(*mailer.SMTPOptions){
		"LFPSE_SMTP_FROM":     func(o *mailer.SMTPOptions) { o.From = "nobody" },
		"LFPSE_SMTP_SECURITY": func(o *mailer.SMTPOptions) { o.Security = "perhaps" },
	} {
		o := mailer.SMTPOptions{Host: "mail.example", Port: 587, Security: mailer.StartTLS, From: "a@b.example", Timeout: time.Second}
		change(&o)
		if _, err := mailer.NewSMTP(o); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want an error that names %s", err, name)
		}
	}
}
