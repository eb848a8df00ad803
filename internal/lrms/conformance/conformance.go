// Package conformance holds the published cases that show whether a deployment of
// the service does what local risk management systems rely on. They speak to it over
// the network as such a system does, and know nothing of how it is made.
package conformance

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Case is one thing that a deployment does right or wrong.
type Case struct {
	Name string
	// Holds answers nil where the deployment does it right, else an error that says what it did instead.
	Holds func(ctx context.Context, d *Deployment) error
}

// Deployment is a service as a local system reaches it.
type Deployment struct {
	url, key string
	run      string // tells what one run sends from what another did
	client   *http.Client
}

// maxAnswer is the most that is read of an answer, in bytes.
const maxAnswer = 8 << 20

// New makes a deployment at an address, such as https://lfpse.example, to which a key belongs.
func New(url, key string) *Deployment {
	return &Deployment{url: strings.TrimSuffix(url, "/"), key: key, run: rand.Text(), client: &http.Client{Timeout: time.Minute}}
}

// request is what is sent.
type request struct {
	method, path string
	key          string
	headers      map[string]string
	body         string
}

// answer is what comes back.
type answer struct {
	status int
	header http.Header
	body   string
}

// send sends a request. Its error says nothing of what was sent.
func (d *Deployment) send(ctx context.Context, r request) (answer, error) {
	sent, err := http.NewRequestWithContext(ctx, r.method, d.url+r.path, strings.NewReader(r.body))
	if err != nil {
		return answer{}, fmt.Errorf("the address of the deployment: %w", err)
	}
	if r.key != "" {
		sent.Header.Set("Ocp-Apim-Subscription-Key", r.key)
	}
	for name, value := range r.headers {
		sent.Header.Set(name, value)
	}
	got, err := d.client.Do(sent)
	if err != nil {
		return answer{}, fmt.Errorf("no answer: %w", err)
	}
	defer got.Body.Close() //nolint:errcheck // it was only read
	body, err := io.ReadAll(io.LimitReader(got.Body, maxAnswer))
	if err != nil {
		return answer{}, fmt.Errorf("the answer ended early: %w", err)
	}
	return answer{status: got.StatusCode, header: got.Header, body: string(body)}, nil
}
