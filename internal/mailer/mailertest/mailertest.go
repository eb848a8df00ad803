// Package mailertest is a mail server for tests: a real one, which speaks SMTP
// and keeps what it is given.
package mailertest

import (
	"bytes"
	"errors"
	"io"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Mail is a mail that the server took.
type Mail struct {
	To      string
	Header  mail.Header
	Subject string
	Text    string
}

var linkForm = regexp.MustCompile(`https?://\S+`)

// Link is the first link in the text; empty where there is none.
func (m Mail) Link() string { return linkForm.FindString(m.Text) }

// Token is what the link carries; empty where it carries none.
func (m Mail) Token() string {
	_, token, _ := strings.Cut(m.Link(), "?token=")
	return token
}

// Server is a mail server on the loopback address.
type Server struct {
	Host string
	Port int

	mu     sync.Mutex
	taken  []Mail
	refuse func(to string) error
	server *smtp.Server
}

// Start starts a server that the test ends with. configure, which may be nil,
// changes it before.
func Start(t testing.TB, configure func(*smtp.Server)) *Server {
	t.Helper()
	s := &Server{}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }))
	s.server.Domain, s.server.AllowInsecureAuth = "localhost", true
	s.server.ErrorLog = silence{}
	if configure != nil {
		configure(s.server)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := listener.Addr().(*net.TCPAddr)
	s.Host, s.Port = "127.0.0.1", at.Port
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.server.Serve(listener) //nolint:errcheck // it ends with the test
	}()
	t.Cleanup(func() {
		s.server.Close()
		<-done
	})
	return s
}

// Refuse has the server answer with an error whatever it is given, from now
// on; nil has it take everything again. Use *smtp.SMTPError.
func (s *Server) Refuse(with error) {
	s.RefuseIf(func(string) error { return with })
}

// RefuseIf has the server ask for each recipient whether it takes a mail.
func (s *Server) RefuseIf(with func(to string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = with
}

// Mails are those taken so far, in order.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.taken...)
}

// To are those taken for one address.
func (s *Server) To(address string) []Mail {
	var found []Mail
	for _, m := range s.Mails() {
		if m.To == address {
			found = append(found, m)
		}
	}
	return found
}

// patience is how long a mail may take that a test waits for.
const patience = 20 * time.Second

// Wait answers the nth mail to an address, counted from 1, once it is there.
func (s *Server) Wait(t testing.TB, address string, n int) Mail {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if found := s.To(address); len(found) >= n {
			return found[n-1]
		}
	}
	t.Fatalf("%d mails have come for the address, and no %dth", len(s.To(address)), n)
	return Mail{}
}

type session struct {
	server *Server
	to     string
}

func (s *session) Reset()        { s.to = "" }
func (s *session) Logout() error { return nil }

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.to = to
	if s.server.refuse == nil {
		return nil
	}
	return s.server.refuse(to)
}

func (s *session) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := read(content)
	if err != nil {
		return err
	}
	m.To = s.to
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.taken = append(s.server.taken, m)
	return nil
}

func read(content []byte) (Mail, error) {
	message, err := mail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		return Mail{}, err
	}
	if message.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
		return Mail{}, errors.New("not the encoding that is expected")
	}
	text, err := io.ReadAll(quotedprintable.NewReader(message.Body))
	if err != nil {
		return Mail{}, err
	}
	return Mail{
		Header: message.Header, Subject: message.Header.Get("Subject"),
		Text: strings.ReplaceAll(string(text), "\r\n", "\n"),
	}, nil
}

type silence struct{}

func (silence) Printf(string, ...any) {}
func (silence) Println(...any)        {}
