//go:build openid

package graph_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"lfpse/internal/taxonomy"
)

// certified is an OpenID provider that the OpenID Foundation has certified, run
// by Node.js.
type certified struct {
	t      *testing.T
	issuer string
	in     io.Writer
	out    *bufio.Scanner
}

func startCertified(t *testing.T, seconds string) *certified {
	t.Helper()
	command := exec.CommandContext(t.Context(), "node", "testdata/provider/provider.mjs", seconds)
	in := must[io.WriteCloser](t)(command.StdinPipe())
	out := must[io.ReadCloser](t)(command.StdoutPipe())
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		command.Wait() //nolint:errcheck // it ends as its input does
	})
	p := &certified{t: t, in: in, out: bufio.NewScanner(out)}
	if p.issuer = p.line("http://"); p.issuer == "" {
		t.Fatal("the provider does not start; run npm ci in graph/testdata/provider")
	}
	return p
}

// line answers the next line that begins with a text: the provider's library
// writes lines of its own between ours. It is empty once the provider has ended.
func (p *certified) line(prefix string) string {
	for p.out.Scan() {
		if strings.HasPrefix(p.out.Text(), prefix) {
			return p.out.Text()
		}
	}
	return ""
}

// rotate has it sign with another key; it publishes no other.
func (p *certified) rotate() {
	p.t.Helper()
	if _, err := io.WriteString(p.in, "rotate\n"); err != nil || p.line("rotated") == "" {
		p.t.Fatal("the provider does not rotate its keys:", err)
	}
}

var formAction = regexp.MustCompile(`action="([^"]+)"`)

const back = "https://frontend.example/back"

// signIn signs a person in, as a browser and a frontend do (RFC 6749 §4.1), and
// answers the tokens.
func (p *certified) signIn(person string) (access, id string) {
	p.t.Helper()
	var code string
	browser := &http.Client{
		Jar: must[*cookiejar.Jar](p.t)(cookiejar.New(nil)),
		CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			if strings.HasPrefix(r.URL.String(), back) {
				code = r.URL.Query().Get("code")
				return http.ErrUseLastResponse
			}
			return nil
		},
	}
	page := p.body(browser.Get(p.issuer + "/auth?" + url.Values{
		"client_id": {"frontend"}, "response_type": {"code"}, "redirect_uri": {back}, "scope": {"openid email"}, "nonce": {"n"},
	}.Encode()))
	for range 2 { // sign in, then consent
		action := formAction.FindStringSubmatch(page)
		if action == nil {
			p.t.Fatalf("the provider shows no form: %s", page)
		}
		form := url.Values{"prompt": {"consent"}}
		if strings.Contains(page, `value="login"`) {
			form = url.Values{"prompt": {"login"}, "login": {person}, "password": {"any"}}
		}
		page = p.body(browser.PostForm(action[1], form))
	}
	request := must[*http.Request](p.t)(http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.issuer+"/token",
		strings.NewReader(url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {back}}.Encode())))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth("frontend", url.QueryEscape("a secret of the test"))
	var tokens struct {
		Access string `json:"access_token"`
		ID     string `json:"id_token"`
	}
	answer := p.body(http.DefaultClient.Do(request))
	if err := json.Unmarshal([]byte(answer), &tokens); err != nil || tokens.Access == "" || tokens.ID == "" {
		p.t.Fatalf("the provider answers %s", answer)
	}
	return tokens.Access, tokens.ID
}

func (p *certified) body(response *http.Response, err error) string {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	return string(must[[]byte](p.t)(io.ReadAll(response.Body)))
}

// Run with: make openid
func TestTheTokensOfACertifiedProvider(t *testing.T) {
	provider := startCertified(t, "60")
	s := newServiceTrusting(t, must[*taxonomy.Registry](t)(taxonomy.Load()), provider.issuer)
	access, id := provider.signIn("asha")
	for name, token := range map[string]string{"an access token": access, "an ID token": id} {
		if answer := s.with(token, whoAmI, nil); !strings.Contains(answer, "Asha Kapoor") {
			t.Errorf("%s stands for %s", name, answer)
		}
	}
	t.Run("an address that is not verified", func(t *testing.T) {
		unverified, idToken := provider.signIn("tomasz")
		if answer := s.with(unverified, whoAmI, nil); !strings.Contains(answer, refusedIdentity) {
			t.Errorf("answered %s", answer)
		}
		if answer := s.raw(colleague, linkIdentity, map[string]any{"token": idToken}); !strings.Contains(answer, "Tomasz Wilczek") {
			t.Fatalf("connecting it is answered %s", answer)
		}
		if answer := s.with(unverified, whoAmI, nil); !strings.Contains(answer, "Tomasz Wilczek") {
			t.Errorf("connected, it stands for %s", answer)
		}
	})
	t.Run("a second account", func(t *testing.T) {
		if answer := s.raw(organisational, linkIdentity, map[string]any{"token": id}); !strings.Contains(answer, "DUPLICATE") {
			t.Errorf("answered %s", answer)
		}
	})
	t.Run("somebody without an account", func(t *testing.T) {
		stranger, _ := provider.signIn("stranger")
		if answer := s.with(stranger, whoAmI, nil); !strings.Contains(answer, refusedIdentity) {
			t.Errorf("answered %s", answer)
		}
	})
	t.Run("another provider", func(t *testing.T) {
		foreign, _ := startCertified(t, "60").signIn("asha")
		if answer := s.with(foreign, whoAmI, nil); !strings.Contains(answer, "UNAUTHENTICATED") {
			t.Errorf("answered %s", answer)
		}
	})
	t.Run("another key", func(t *testing.T) {
		provider.rotate()
		next, _ := provider.signIn("asha")
		var answer string
		for deadline := time.Now().Add(20 * time.Second); !strings.Contains(answer, "Asha Kapoor"); time.Sleep(500 * time.Millisecond) {
			if answer = s.with(next, whoAmI, nil); time.Now().After(deadline) {
				t.Fatalf("answered %s", answer)
			}
		}
		if answer := s.with(access, whoAmI, nil); !strings.Contains(answer, "UNAUTHENTICATED") {
			t.Errorf("the key that was withdrawn: answered %s", answer)
		}
	})
}

func TestATokenOfACertifiedProviderExpires(t *testing.T) {
	provider := startCertified(t, "2")
	s := newServiceTrusting(t, must[*taxonomy.Registry](t)(taxonomy.Load()), provider.issuer)
	access, _ := provider.signIn("asha")
	if answer := s.with(access, whoAmI, nil); !strings.Contains(answer, "Asha Kapoor") {
		t.Fatalf("it stands for %s", answer)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if answer := s.with(access, whoAmI, nil); strings.Contains(answer, "UNAUTHENTICATED") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("it does not expire")
		}
	}
}
