//go:build browser

package graphiql_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"lfpse/graph/graphiql"
)

// Run with: go test -tags browser ./graph/graphiql (needs Debian's chromium; -artifacts keeps the screenshots).

const (
	queryEditor   = chromedp.CSS(`.graphiql-query-editor .view-lines`)
	execute       = chromedp.CSS(`.graphiql-execute-button`)
	signOut       = chromedp.CSS(`.sign-out`)
	emailField    = chromedp.CSS(`input[type=email]`)
	passwordField = chromedp.CSS(`input[type=password]`)
	marked        = `document.querySelector('.graphiql-query-editor .squiggly-error') !== null`
	ownEventsTab  = `//button[contains(., "OwnEvents")]` // a search, by XPath
	ownDraftsTab  = `//button[contains(., "OwnDrafts")]`
	showHistory   = chromedp.CSS(`button[aria-label="Show History"]`)
	historyItems  = `[...document.querySelectorAll('.graphiql-history-item')].map(item => item.textContent)`
)

func TestSampleAccountSignsInRunsAQueryAndSignsOut(t *testing.T) {
	service := newService(t)
	b := open(t, service, graphiql.Options{Title: "Sample service", Accounts: []graphiql.Account{
		{Role: "Administrator", Area: "Whole country", Name: "Ines Adler", Email: "ines@example.test", Password: "wrong"},
		{Role: "Reporter", Area: "North Hospital", Name: "Ada Quill", Email: reporterEmail, Password: reporterPassword},
	}})

	b.waitForStatus("Not signed in")
	b.waitFor("the editor marks what the schema lacks", marked)
	b.assertWorkersRun()
	b.do("open the second sample", chromedp.Click(ownEventsTab))
	b.do("run it signed out", chromedp.Click(execute))
	b.waitForResponse(`"viewer": null`)

	b.do("sign in with one click", chromedp.Click(chromedp.CSS(`button[title^="Ada Quill"]`)))
	b.waitForStatus("Signed in as Ada Quill")
	b.do("run it signed in", chromedp.Click(execute))
	b.waitForResponse(eventReference)
	b.screenshot("signed-in.png")

	b.do("open another sample", chromedp.Click(ownDraftsTab))
	b.do("run that, too", chromedp.Click(execute))
	b.do("open the history", chromedp.Click(showHistory))
	b.waitFor("it knows of what was run", historyItems+`.some(item => item.includes('OwnDrafts'))`)

	b.do("fail to sign in as somebody else", chromedp.Click(chromedp.CSS(`button[title^="Ines Adler"]`)))
	b.waitFor("the refusal is shown", `document.querySelector('[role=alert]').textContent.includes('do not match')`)
	b.waitForStatus("Signed in as Ada Quill")

	b.do("sign out", chromedp.Click(signOut))
	b.waitForStatus("Not signed in")
	b.do("see the workbench come back", chromedp.WaitVisible(queryEditor))
	b.waitFor("the editor marks what the schema lacks again", marked)
	b.waitFor("what was read is gone", `!document.body.textContent.includes('`+eventReference+`')`)
	b.do("open the second sample again", chromedp.Click(ownEventsTab))
	b.do("run it signed out again", chromedp.Click(execute))
	b.waitForResponse(`"viewer": null`)
	b.do("open the history again", chromedp.Click(showHistory))
	// GraphiQL may note one run twice when it is asked for right after its tab was opened.
	b.waitFor("it knows of what was run since", historyItems+`.some(item => item.includes('OwnEvents'))`)
	b.waitFor("and of nothing before", historyItems+`.every(item => item.includes('OwnEvents'))`)
	b.screenshot("signed-out.png")

	b.waitFor("nothing is kept by the browser", `localStorage.length + sessionStorage.length + document.cookie.length === 0`)
	b.assertKeptToPolicy()
}

func TestFormSignsInAndTheSessionRenewsItself(t *testing.T) {
	service := newService(t)
	service.lifetime = -time.Minute // due for renewal as soon as it is used
	b := open(t, service, graphiql.Options{})

	b.waitForStatus("Not signed in")
	b.do("fill the form with the keyboard",
		chromedp.SendKeys(emailField, reporterEmail),
		chromedp.SendKeys(passwordField, "not the password\r"))
	b.waitFor("the refusal is shown", `document.querySelector('[role=alert]').textContent.includes('do not match')`)
	b.screenshot("refused.png")
	b.do("type the right password over the wrong one", chromedp.SendKeys(passwordField, reporterPassword+"\r"))
	b.waitForStatus("Signed in as Ada Quill")
	b.waitFor("the focus moves on to a control that exists", `document.activeElement.matches('.sign-out')`)

	b.do("open the second sample", chromedp.Click(ownEventsTab))
	b.do("run it", chromedp.Click(execute))
	b.waitForResponse(eventReference)
	if got := service.renewals(); got != 1 {
		t.Errorf("the session was renewed %d times, want once", got)
	}
	b.assertKeptToPolicy()
}

func TestDocumentationComesFromTheEndpoint(t *testing.T) {
	b := open(t, newService(t), graphiql.Options{})

	b.do("open the documentation", chromedp.Click(chromedp.CSS(`button[aria-label="Show Documentation Explorer"]`)))
	b.waitFor("the root types are listed", `document.querySelector('.graphiql-doc-explorer').textContent.includes('Query')`)
	b.screenshot("documentation.png")
	b.do("open the explorer", chromedp.Click(chromedp.CSS(`button[aria-label="Show GraphiQL Explorer"]`)))
	b.waitFor("it lists the mutation's fields", `document.querySelector('.docExplorerWrap').textContent.includes('signIn')`)
	b.screenshot("explorer.png")
	b.assertKeptToPolicy()
}

// A browser is one page of a real one, and what went wrong in it.
type browser struct {
	t      *testing.T
	ctx    context.Context
	mu     sync.Mutex
	faults []string
}

// open serves the page under a prefix, as it is mounted for real, and waits until its editor can be seen.
func open(t *testing.T, service *service, opts graphiql.Options) *browser {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("POST /graphql", service)
	mux.Handle("/graphiql/", http.StripPrefix("/graphiql", graphiql.New(opts)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	flags := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1440, 900))
	allocator, cancelAllocator := chromedp.NewExecAllocator(t.Context(), flags...)
	t.Cleanup(cancelAllocator)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)

	b := &browser{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, func(event any) { b.note(event, server.URL) }); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	b.do("open the page", watchForViolations(), chromedp.Navigate(server.URL+"/graphiql/"), chromedp.WaitVisible(queryEditor))
	return b
}

// watchForViolations has the page remember what its policy refused.
func watchForViolations() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.violations = [];
				addEventListener('securitypolicyviolation', (v) => violations.push(v.violatedDirective + ' ' + v.blockedURI));`,
		})
		return err
	})
}

func (b *browser) note(event any, origin string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, fmt.Sprintf("exception: %s %+v", event.ExceptionDetails.Text, event.ExceptionDetails.Exception))
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError || event.Entry.Level == log.EntryLevelWarning {
			b.faults = append(b.faults, "log: "+event.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.ConsoleAPICalledTypeError || event.Type == runtime.ConsoleAPICalledTypeWarning {
			b.faults = append(b.faults, fmt.Sprintf("console %s: %s", event.Type, arguments(event.Args)))
		}
	case *network.EventRequestWillBeSent:
		if url := event.Request.URL; !strings.HasPrefix(url, origin+"/") && !strings.HasPrefix(url, "data:") {
			b.faults = append(b.faults, "request to another origin: "+url)
		}
	}
}

func arguments(args []*runtime.RemoteObject) string {
	var texts []string
	for _, arg := range args {
		texts = append(texts, string(arg.Value)+arg.Description)
	}
	return strings.Join(texts, " ")
}

func (b *browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.screenshot("failed.png")
		b.t.Fatalf("%s: %v; faults: %q", what, err, b.faults)
	}
}

// waitFor waits until a JavaScript expression is true.
func (b *browser) waitFor(what, expression string) {
	b.t.Helper()
	b.do(what, chromedp.Poll[chromedp.Void](expression))
}

func (b *browser) waitForStatus(text string) {
	b.t.Helper()
	b.waitFor("status "+text, fmt.Sprintf(`document.querySelector('[role=status]').textContent === %q`, text))
}

// waitForResponse waits until the answer's editor shows a text; the editor writes spaces as no-break spaces.
func (b *browser) waitForResponse(text string) {
	b.t.Helper()
	b.waitFor("response with "+text, fmt.Sprintf(
		`document.querySelector('.graphiql-response .view-lines').textContent.replaceAll('\u00a0', ' ').includes(%q)`, text))
}

func (b *browser) screenshot(name string) {
	b.t.Helper()
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatalf("take a screenshot: %v", err)
	}
	if err := os.WriteFile(filepath.Join(b.t.ArtifactDir(), name), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// assertWorkersRun fails unless the editor's language services run in workers; without, typing would stutter.
func (b *browser) assertWorkersRun() {
	b.t.Helper()
	targets, err := chromedp.Targets(b.ctx)
	if err != nil {
		b.t.Fatalf("list the workers: %v", err)
	}
	var graphql bool
	for _, worker := range targets {
		graphql = graphql || worker.Type == "worker" && strings.Contains(worker.URL, "/assets/graphql.worker")
	}
	if !graphql {
		b.t.Errorf("no GraphQL worker among the browser's %d targets", len(targets))
	}
}

func (b *browser) assertKeptToPolicy() {
	b.t.Helper()
	violations, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](`violations`))
	if err != nil {
		b.t.Fatalf("read the violations: %v", err)
	}
	if len(violations) > 0 {
		b.t.Errorf("violations of the content security policy: %q", violations)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.faults) > 0 {
		b.t.Errorf("faults: %q", b.faults)
	}
}
