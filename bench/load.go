package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// script is what one connection asks, request by request.
type script interface {
	// next answers the next request, as HTTP/1.1 has it.
	next() ([]byte, error)
	// heard is given the answer to the last.
	heard(body []byte) error
}

// scripts makes the script of the nth of so many connections.
type scripts func(n, of int) script

// cycle asks a list of requests in turn; no two of a list follow each other with
// one answer.
type cycle struct {
	requests [][]byte
	at       int
}

// cycles has the connections begin at places of the list far from each other.
func cycles(requests [][]byte) scripts {
	return func(n, of int) script {
		return &cycle{requests: requests, at: n * len(requests) / of}
	}
}

func (c *cycle) next() ([]byte, error) {
	request := c.requests[c.at%len(c.requests)]
	c.at++
	return request, nil
}

func (c *cycle) heard(body []byte) error { return unfailed(body) }

// unfailed sees that GraphQL answered without errors.
func unfailed(body []byte) error {
	if i := bytes.Index(body, []byte(`"errors":[`)); i >= 0 {
		return fmt.Errorf("the answer has errors: %.500s", body[i:])
	}
	return nil
}

// load is what a run has seen.
type load struct {
	answered int
	took     time.Duration
	times    []time.Duration // of each answer, sorted
	bytes    int64
}

func (l load) perSecond() float64 { return float64(l.answered) / l.took.Seconds() }

// percentile answers the time that so many in a hundred answers took at most.
func (l load) percentile(p float64) time.Duration {
	if len(l.times) == 0 {
		return 0
	}
	return l.times[min(len(l.times)-1, int(p/100*float64(len(l.times))))]
}

// drive has so many connections ask an address for a while, each the next as soon
// as it has an answer. A failure ends the run.
func drive(ctx context.Context, address string, make scripts, connections int, lasts time.Duration) (load, error) {
	begun := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	seen := newSeen(connections)
	for n := range connections {
		group.Go(func() error {
			return ask(ctx, address, make(n, connections), begun.Add(lasts), &seen[n])
		})
	}
	if err := group.Wait(); err != nil {
		return load{}, err
	}
	l := load{took: time.Since(begun)}
	for _, s := range seen {
		l.times = append(l.times, s.times...)
		l.bytes += s.bytes
	}
	l.answered = len(l.times)
	slices.Sort(l.times)
	return l, nil
}

// seen is what one connection has seen.
type seen struct {
	times []time.Duration
	bytes int64
	_     [64]byte // connections do not share lines of a processor's cache
}

func newSeen(n int) []seen { return make([]seen, n) }

// ask speaks on one connection until the time is up. It is HTTP at its plainest,
// so that as little as can be of the machine goes to whoever asks.
func ask(ctx context.Context, address string, s script, until time.Time, into *seen) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	reader, body := bufio.NewReaderSize(conn, 64<<10), bytes.Buffer{}
	for time.Now().Before(until) {
		request, err := s.next()
		if err != nil {
			return err
		}
		begun := time.Now()
		if err := exchange(conn, reader, request, &body); err != nil {
			return err
		}
		into.times = append(into.times, time.Since(begun))
		into.bytes += int64(body.Len())
		if err := s.heard(body.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func exchange(conn net.Conn, reader *bufio.Reader, request []byte, body *bytes.Buffer) error {
	if _, err := conn.Write(request); err != nil {
		return fmt.Errorf("asking: %w", err)
	}
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	defer response.Body.Close()
	body.Reset()
	if _, err := io.Copy(body, response.Body); err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the answer is %s: %.500s", response.Status, body)
	}
	return nil
}

// once sends one request and answers the body.
func once(ctx context.Context, address string, request []byte) ([]byte, error) {
	var conn net.Conn
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close()
	var body bytes.Buffer
	err = exchange(conn, bufio.NewReader(conn), request, &body)
	return body.Bytes(), err
}

// post is a request as it goes over the wire.
func post(path, token string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n", path, len(body))
	if token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", token)
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// counter hands out numbers to connections.
type counter struct{ n atomic.Int64 }

func (c *counter) next() int { return int(c.n.Add(1) - 1) }
