package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"lfpse/db/dbtest"
)

func TestReplicasAreOfTheDatabaseThatIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		flags []string
		says  string
	}{
		"a server of the service's own has none": {nil, "LFPSE_DATABASE_REPLICA_URLS is set, and LFPSE_DATABASE_URL is not"},
		"a URL that is none, and is not repeated": {
			[]string{"--database-url", dbtest.FreshURL(t) + "&synchronous_commit=on"}, "LFPSE_DATABASE_REPLICA_URLS: replica 1: opening the database: its URL is not of the form"},
		"commits that wait for no disk": {
			[]string{"--database-url", dbtest.FreshURL(t)}, "LFPSE_DATABASE_REPLICA_URLS: looking whether the database can have replicas: its setting synchronous_commit is off"},
	} {
		t.Run(name, func(t *testing.T) {
			flags := append([]string{"serve", "--port", "0", "--data", keysIn(t), "--database-replica-urls", "postgres://somebody:secret@host:port/%"}, c.flags...)
			err := run(t.Context(), flags, nil, environment{out: io.Discard, errors: io.Discard})
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "secret") {
				t.Errorf("serving ended with %v", err)
			}
		})
	}
}

// A service starts while a replica is away, and uses it when it is there.
func TestServingWithAReplica(t *testing.T) {
	primary, followers := dbtest.Replicated(t, 1)
	followers[0].Stop()
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"serve", "--port", "0", "--database-url", primary.Pool.Config().ConnString(), "--database-replica-urls", followers[0].URL(), "--data", keysIn(t)},
			nil, environment{out: io.Discard, errors: w})
		w.Close()
		ended <- err
	}()
	address := strings.TrimSuffix(serving(t, r), "graphql") + "readyz"
	ready := func(want string) {
		t.Helper()
		var got string
		for range 1500 {
			response, err := http.Get(address)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			if got = string(body); got == want {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Fatalf("/readyz answers %q, not %q", got, want)
	}
	ready("ready\nreplica 1: away\n")
	followers[0].Start()
	ready("ready\nreplica 1: used\n")
	followers[0].Stop()
	ready("ready\nreplica 1: away\n")
	stop()
	if err := <-ended; err != nil {
		t.Errorf("serving ended with %v", err)
	}
}
