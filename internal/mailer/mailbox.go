package mailer

import (
	"context"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"sync"
	"time"

	"lfpse/internal/notification"
)

// remembered is how many mails a mailbox shows.
const remembered = 200

// Mailbox keeps mails instead of sending them, and shows them on a page, for
// demonstrations. Whoever sees the page can use every link in it: it answers
// callers on the same machine alone.
type Mailbox struct {
	mu    sync.Mutex
	mails []kept
}

type kept struct {
	At time.Time
	notification.Message
}

// Send keeps a mail. It never fails.
func (b *Mailbox) Send(_ context.Context, m notification.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append([]kept{{time.Now(), m}}, b.mails...)
	if len(b.mails) > remembered {
		b.mails = b.mails[:remembered]
	}
	return nil
}

// ServeHTTP shows the mails, the latest first.
func (b *Mailbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !fromHere(r) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	b.mu.Lock()
	mails := b.mails
	b.mu.Unlock()
	mailboxPage().Execute(w, mails) //nolint:errcheck // the reader has gone
}

// fromHere tells whether a request comes from this machine and means it: a page
// elsewhere whose name leads to the loopback address gives another host.
func fromHere(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !from.Addr().Unmap().IsLoopback() {
		return false
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	asked, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && asked.IsLoopback()
}

var linkForm = regexp.MustCompile(`https?://\S+`)

// piece is a piece of a mail's text: a link or not.
type piece struct {
	Text string
	Link bool
}

func pieces(text string) []piece {
	var found []piece
	at := 0
	for _, span := range linkForm.FindAllStringIndex(text, -1) {
		found = append(found, piece{Text: text[at:span[0]]}, piece{Text: text[span[0]:span[1]], Link: true})
		at = span[1]
	}
	return append(found, piece{Text: text[at:]})
}

func mailboxPage() *template.Template {
	return template.Must(template.New("mailbox").Funcs(template.FuncMap{"pieces": pieces}).Parse(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mailbox of the demonstration</title></head>
<body>
<h1>Mailbox of the demonstration</h1>
<p>No mail leaves this machine. This is what would have been sent, the latest first.</p>
{{range .}}
<article>
<h2>{{.Subject}}</h2>
<p>To {{.To}}, at {{.At.Format "15:04:05"}}</p>
<pre>{{range pieces .Text}}{{if .Link}}<a href="{{.Text}}">{{.Text}}</a>{{else}}{{.Text}}{{end}}{{end}}</pre>
</article>
{{else}}
<p>There is none yet.</p>
{{end}}
</body>
</html>
`))
}
