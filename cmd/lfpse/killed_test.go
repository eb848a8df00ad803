//go:build faults && unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/embedded"
)

// demoIn names, in the environment of this very program run once more, the data
// folder of a demo that it is to run until it is killed.
const demoIn = "LFPSE_TEST_DEMO_IN"

func TestMain(m *testing.M) {
	if data := os.Getenv(demoIn); data != "" {
		args := []string{"demo", "--json", "--port", "0", "--events", "0", "--data", data}
		err := run(context.Background(), args, nil, environment{in: os.Stdin, out: os.Stdout, errors: os.Stderr})
		fmt.Fprintln(os.Stderr, "the demo ended:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// victim is a demo in a process of its own.
type victim struct {
	demonstration
	cmd *exec.Cmd
}

func startVictim(t *testing.T, data string) *victim {
	t.Helper()
	v := &victim{cmd: exec.Command(os.Args[0])}
	v.cmd.Env = append(os.Environ(), demoIn+"="+data)
	var said bytes.Buffer
	v.cmd.Stderr = &said
	out, err := v.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := v.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		_ = v.cmd.Wait()
		t.Fatalf("the demo said nothing: %v; %s", err, said.String())
	}
	if err := json.Unmarshal(line, &v.demonstration); err != nil {
		t.Fatalf("%s is not JSON: %v", line, err)
	}
	return v
}

// kill ends the service, or its database's server under it, by a signal that
// neither sees.
func (v *victim) kill(t *testing.T, data string, database bool) {
	t.Helper()
	pid := v.cmd.Process.Pid
	if database {
		file, err := os.ReadFile(filepath.Join(data, "postgres", "data", "postmaster.pid"))
		if err != nil {
			t.Fatal(err)
		}
		if pid, err = strconv.Atoi(strings.Split(string(file), "\n")[0]); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = v.cmd.Wait() // killed, or without its database
}

// stamps tell every text that is ever typed apart.
var stamps atomic.Int64

// story is an event as its author knows it: what was acknowledged of it, and
// what was asked for when no answer came.
type story struct {
	id, key string
	known   chapter
	doubt   *chapter
}

// chapter is how an event stands. Stamps are those of its revisions, the first
// first; a draft has one.
type chapter struct {
	status string
	stamps []int64
}

func (c chapter) next() chapter {
	return chapter{"SUBMITTED", append(append([]int64{}, c.stamps...), stamps.Add(1))}
}

func (c chapter) last() int64 { return c.stamps[len(c.stamps)-1] }

// stamped is an event that says its stamp in every text.
func stamped(stamp int64) map[string]any {
	return map[string]any{
		"description": fmt.Sprintf("Mrs Edith Pemberton fell %d.", stamp),
		"incident":    map[string]any{"immediateActions": fmt.Sprintf("Dr Okonkwo came %d.", stamp)},
		"patients":    []any{map[string]any{"clinicalOutcome": fmt.Sprintf("Edith rests %d.", stamp), "physicalHarm": "LOW"}},
	}
}

func recordable(stamp int64) map[string]any {
	event := stamped(stamp)
	event["kind"] = "INCIDENT"
	return event
}

// told is what an author is told of one event.
type told struct {
	ID, Status  string
	Revision    int
	Description *string
	Details     *struct{ ImmediateActions *string }
	Patients    []struct{ ClinicalOutcome *string }
	Revisions   []struct {
		Revision    int
		Description *string
	}
	Withdrawal *struct{ Reason *string }
}

const fields = ` id status revision description details { ... on IncidentDetails { immediateActions } } patients { clinicalOutcome }
	revisions { revision description } withdrawal { reason } `

// tells says what is wrong with how an event stands, if it is to stand as a
// chapter does.
func (e told) tells(c chapter) error {
	want := stamped(c.last())
	if e.Status != c.status {
		return fmt.Errorf("it is %s, not %s", e.Status, c.status)
	}
	if c.status == "WITHDRAWN" {
		if e.Withdrawal == nil || e.Withdrawal.Reason == nil || *e.Withdrawal.Reason != "Edith Pemberton asked." {
			return errors.New("the reason is lost")
		}
		return nil
	}
	if e.Description == nil || *e.Description != want["description"] || e.Details == nil || e.Details.ImmediateActions == nil ||
		*e.Details.ImmediateActions != want["incident"].(map[string]any)["immediateActions"] || len(e.Patients) != 1 ||
		e.Patients[0].ClinicalOutcome == nil || *e.Patients[0].ClinicalOutcome != fmt.Sprintf("Edith rests %d.", c.last()) {
		return errors.New("its texts are not those of one revision")
	}
	if c.status == "DRAFT" {
		return nil
	}
	if e.Revision != len(c.stamps) || len(e.Revisions) != len(c.stamps) {
		return fmt.Errorf("it has revision %d and %d revisions, not %d", e.Revision, len(e.Revisions), len(c.stamps))
	}
	for i, r := range e.Revisions {
		want := fmt.Sprintf("Mrs Edith Pemberton fell %d.", c.stamps[len(c.stamps)-1-i])
		if r.Description == nil || *r.Description != want {
			return fmt.Errorf("revision %d is not what was typed", r.Revision)
		}
	}
	return nil
}

// author records, updates, drafts, submits and withdraws, and remembers what it
// was told.
type author struct {
	person
	url, token string
	chance     *rand.Rand
	stories    []*story
	answers    int
}

// ask sends an operation and reads its answer into data. An error is no answer.
func (a *author) ask(document string, variables map[string]any, data any) error {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, a.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+a.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var read struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(answer, &read); err != nil {
		return err
	}
	if len(read.Errors) > 0 {
		return errors.New(read.Errors[0].Message)
	}
	return json.Unmarshal(read.Data, data)
}

// change asks for one change and answers the event's id.
func (a *author) change(operation, declared string, input map[string]any) (string, error) {
	var data map[string]struct {
		Event      *struct{ ID string }
		UserErrors []struct{ Code, Message string }
	}
	document := `mutation($input: ` + declared + `!) { ` + operation + `(input: $input) { event { id } userErrors { code message } } }`
	if err := a.ask(document, map[string]any{"input": input}, &data); err != nil {
		return "", err
	}
	if payload := data[operation]; payload.Event == nil {
		return "", fmt.Errorf("%s has problems: %v", operation, payload.UserErrors)
	}
	return data[operation].Event.ID, nil
}

// storm goes on until an answer fails to come.
func (a *author) storm() {
	for {
		s := a.pick()
		if err := a.step(s); err != nil {
			return
		}
		s.known, s.doubt = *s.doubt, nil
		a.answers++
	}
}

// pick answers a story to go on with, or a new one.
func (a *author) pick() *story {
	var open []*story
	for _, s := range a.stories {
		if s.known.status != "WITHDRAWN" {
			open = append(open, s)
		}
	}
	if len(open) > 0 && a.chance.IntN(3) > 0 {
		return open[a.chance.IntN(len(open))]
	}
	s := &story{}
	a.stories = append(a.stories, s)
	return s
}

// step asks for what comes next in a story.
func (a *author) step(s *story) (err error) {
	next := chapter{"DRAFT", []int64{stamps.Add(1)}}
	switch {
	case s.id == "" && a.chance.IntN(2) == 0:
		next.status = "SUBMITTED"
		s.doubt, s.key = &next, fmt.Sprint("key ", next.last())
		return a.record(s)
	case s.id == "":
		s.doubt = &next
		s.id, err = a.change("saveDraft", "SaveDraftInput", map[string]any{"event": recordable(next.last())})
		return err
	case s.known.status == "DRAFT" && a.chance.IntN(2) == 0:
		s.doubt = &next
		_, err = a.change("saveDraft", "SaveDraftInput", map[string]any{"id": s.id, "event": recordable(next.last())})
		return err
	case s.known.status == "DRAFT":
		s.doubt = &chapter{"SUBMITTED", s.known.stamps}
		_, err = a.change("submitDraft", "SubmitDraftInput", map[string]any{"id": s.id})
		return err
	case a.chance.IntN(5) == 0:
		s.doubt = &chapter{"WITHDRAWN", s.known.stamps}
		_, err = a.change("withdrawEvent", "WithdrawEventInput", map[string]any{"id": s.id, "revision": len(s.known.stamps), "reason": "Edith Pemberton asked."})
		return err
	}
	next = s.known.next()
	s.doubt = &next
	_, err = a.change("updateEvent", "UpdateEventInput", map[string]any{"id": s.id, "revision": len(s.known.stamps), "event": stamped(next.last())})
	return err
}

func (a *author) record(s *story) (err error) {
	s.id, err = a.change("recordEvent", "RecordEventInput", map[string]any{"event": recordable(s.doubt.last()), "idempotencyKey": s.key})
	return err
}

// everything reads all that the author has, drafts too.
func (a *author) everything() (map[string]told, error) {
	all := map[string]told{}
	for _, list := range []string{"events", "drafts"} {
		after := ""
		for more := true; more; {
			var data struct {
				Viewer map[string]struct {
					Nodes    []told
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
			document := `query($after: String) { viewer { ` + list + `(first: 50, after: $after) { nodes {` + fields + `} pageInfo { hasNextPage endCursor } } } }`
			variables := map[string]any{}
			if after != "" {
				variables["after"] = after
			}
			if err := a.ask(document, variables, &data); err != nil {
				return nil, err
			}
			page := data.Viewer[list]
			for _, e := range page.Nodes {
				if _, twice := all[e.ID]; twice {
					return nil, errors.New("an event is there twice")
				}
				all[e.ID] = e
			}
			more, after = page.PageInfo.HasNextPage, page.PageInfo.EndCursor
		}
	}
	return all, nil
}

// reckon compares what is there with what the author was told: everything
// acknowledged, and of what was not either nothing or all.
func (a *author) reckon(t *testing.T) {
	t.Helper()
	for _, s := range a.stories {
		if s.id == "" && s.key != "" { // a retry under its key
			if err := a.record(s); err != nil {
				t.Fatalf("a retry is not answered: %v", err)
			}
			s.known, s.doubt = *s.doubt, nil
		}
	}
	there, err := a.everything()
	if err != nil {
		t.Fatal(err)
	}
	var kept []*story
	for _, s := range a.stories {
		if s.id == "" { // a draft whose answer never came: its author finds it, or saves it anew
			s.id = a.find(there, *s.doubt)
			if s.id == "" {
				continue
			}
			s.known, s.doubt = *s.doubt, nil
		}
		a.settle(t, s, there)
		delete(there, s.id)
		kept = append(kept, s)
	}
	a.stories = kept
	for id, e := range there {
		t.Errorf("%s is there and nobody asked for it: %+v", id, e)
	}
}

func (a *author) find(there map[string]told, c chapter) string {
	for id, e := range there {
		if e.tells(c) == nil {
			return id
		}
	}
	return ""
}

// settle sees that an event stands as it was told, or as was asked last.
func (a *author) settle(t *testing.T, s *story, there map[string]told) {
	t.Helper()
	e, found := there[s.id]
	if !found {
		t.Errorf("%s, which was acknowledged, is lost", s.id)
		return
	}
	err := e.tells(s.known)
	if err != nil && s.doubt != nil && e.tells(*s.doubt) == nil {
		s.known, err = *s.doubt, nil
	}
	s.doubt = nil
	if err != nil {
		t.Errorf("%s was told to stand as %+v: %v", s.id, s.known, err)
	}
}

// Whatever was acknowledged is there, whole and once, after the service or its
// database is killed in the middle of a storm of changes.
func TestNothingAcknowledgedIsLostWhenTheServiceIsKilled(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	v := startVictim(t, data)
	var authors []*author
	for i, p := range v.Accounts[:7] {
		authors = append(authors, &author{person: p, token: signIn(t, v.demonstration, p), chance: rand.New(rand.NewPCG(uint64(i), 1))})
	}
	const kills = 6
	for n := range kills {
		var storms sync.WaitGroup
		for _, a := range authors {
			a.url = v.GraphQL
			storms.Go(a.storm)
		}
		time.Sleep(time.Second + time.Duration(rand.IntN(1000))*time.Millisecond)
		v.kill(t, data, n%2 == 1)
		storms.Wait()
		v = startVictim(t, data)
		for _, a := range authors {
			a.url = v.GraphQL
			a.reckon(t)
		}
		if t.Failed() {
			t.Fatalf("after kill %d", n+1)
		}
	}
	v.kill(t, data, false)
	answers, events := 0, 0
	for _, a := range authors {
		answers, events = answers+a.answers, events+len(a.stories)
		if a.answers == 0 {
			t.Errorf("%s was answered nothing", a.Name)
		}
	}
	t.Logf("%d kills, %d changes acknowledged, %d events", kills, answers, events)
	consistent(t, data)
}

// consistent looks into the database itself for what no reader is shown:
// revisions, originals and audit entries that belong to nothing or lack.
func consistent(t *testing.T, data string) {
	t.Helper()
	server, err := embedded.Start(t.Context(), embedded.Options{Dir: filepath.Join(data, "postgres"), Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop(context.Background()) //nolint:errcheck // the folder goes with the test
	d, err := db.Open(t.Context(), server.URL("lfpse"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for what, sql := range map[string]string{
		"events whose revisions are not counted right": `SELECT count(*) FROM event AS e WHERE e.revision <> (SELECT count(*) FROM event_revision AS r WHERE r.event_id = e.id)`,
		"events without an original for each revision": `SELECT count(*) FROM event AS e WHERE greatest(e.revision, 1) <> (SELECT count(*) FROM event_original AS o WHERE o.event_id = e.id)`,
		"former revisions without their answers":       `SELECT count(*) FROM event_revision AS r JOIN event AS e ON e.id = r.event_id WHERE (r.answers IS NULL) <> (r.revision = e.revision AND e.status <> 'WITHDRAWN')`,
		"tombstones with patients or texts":            `SELECT count(*) FROM event AS e WHERE e.status = 'WITHDRAWN' AND (e.texts <> '{}' OR EXISTS (SELECT FROM event_patient AS p WHERE p.event_id = e.id))`,
		"tombstones without a sealed reason":           `SELECT count(*) FROM event AS e WHERE (e.status = 'WITHDRAWN') <> EXISTS (SELECT FROM withdrawal_original AS w WHERE w.event_id = e.id)`,
		"events without one patient":                   `SELECT count(*) FROM event AS e WHERE e.status = 'SUBMITTED' AND 1 <> (SELECT count(*) FROM event_patient AS p WHERE p.event_id = e.id)`,
		"changes without an entry in the audit trail": `SELECT count(*) FROM event AS e WHERE e.revision + (e.status = 'WITHDRAWN')::int <>
			(SELECT count(*) FROM audit_entry AS a WHERE a.subject = 'event_' || replace(e.id::text, '-', ''))`,
	} {
		var n int
		if err := d.NewRaw(sql).Scan(t.Context(), &n); err != nil || n > 0 {
			t.Errorf("%d %s, %v", n, what, err)
		}
	}
}
