package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
)

// server is a process that answers over HTTP.
type server struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	address string
	client  *http.Client
}

// setting is what the service sets for itself: Go collects garbage from 4 MB on unless it
// is given more; V8 takes what it needs. What each has had at most is told beside the times.
var setting = []string{"GOGC=400", "GOMEMLIMIT=1GiB"}

// startAll starts ours, graphql-js with graphql-http, graphql-js with next to nothing around it,
// Yoga, ours as Go itself would set it, and ours and graphql-js without HTTP. stop ends
// those that have started.
func startAll() (servers []*server, stop func(), err error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, func() {}, err
	}
	stop = func() {
		for _, s := range servers {
			s.in.Close()
			_ = s.cmd.Wait()
		}
		os.RemoveAll(dir)
	}
	ours := filepath.Join(dir, "server")
	if out, err := exec.Command("go", "build", "-o", ours, "./bench/server").CombinedOutput(); err != nil {
		return nil, stop, fmt.Errorf("building the server: %w\n%s", err, out)
	}
	const peers = "bench/peers.mjs"
	for _, program := range []struct {
		command, setting []string
		direct           bool
	}{
		{[]string{ours}, setting, false},
		{[]string{"node", peers, "graphql-http"}, nil, false},
		{[]string{"node", peers, "bare"}, nil, false},
		{[]string{"node", peers, "yoga"}, nil, false},
		{[]string{ours}, nil, false},
		{[]string{ours, "direct"}, setting, true},
		{[]string{"node", peers, "direct"}, nil, true},
	} {
		s, err := start(program.command, program.setting)
		if err == nil && !program.direct {
			s.address, err = s.line()
		}
		if err != nil {
			return servers, stop, fmt.Errorf("starting %v: %w", program.command, err)
		}
		servers = append(servers, s)
	}
	return servers, stop, nil
}

func start(command, setting []string) (*server, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "NODE_ENV=production", "GOGC=", "GOMEMLIMIT=") // as though unset
	cmd.Env = append(cmd.Env, setting...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	return &server{cmd: cmd, in: in, out: bufio.NewReader(out), client: client}, nil
}

// line is the next that the process writes.
func (s *server) line() (string, error) {
	line, err := s.out.ReadString('\n')
	return strings.TrimSpace(line), err
}

// ticks of /proc are hundredths of a second on every Linux.
const tick = 10 * time.Millisecond

// used is the processor time of the process so far. Source: proc(5), utime and stime.
func (s *server) used() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("reading the processor time of a process: %w", err)
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name before it may hold spaces
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0, fmt.Errorf("%d fields in stat", len(fields))
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	if err != nil {
		return 0, err
	}
	return time.Duration(user+system) * tick, nil
}

// peak is the most memory that the process has had at a time, in MB. Source: proc(5), VmHWM.
func (s *server) peak() (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("reading the memory of a process: %w", err)
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, _, _ := strings.Cut(after, "kB")
	n, err := strconv.Atoi(strings.TrimSpace(kilobytes))
	return n / 1024, err
}

// connections is how many clients ask at a time.
const connections = 4

// round asks for some time, each client one request after the other on a connection
// that is kept, and returns the server's processor time a request, in µs.
func (t target) round(w workload, length time.Duration) (float64, error) {
	if t.path == "" {
		return t.direct(w, length)
	}
	before, err := t.used()
	if err != nil {
		return 0, err
	}
	end := time.Now().Add(length)
	counts, errs := make([]int, connections), make([]error, connections)
	var clients sync.WaitGroup
	for i := range connections {
		clients.Go(func() {
			for ; time.Now().Before(end) && errs[i] == nil; counts[i]++ {
				errs[i] = t.post(w, io.Discard)
			}
		})
	}
	clients.Wait()
	if err := errors.Join(errs...); err != nil {
		return 0, err
	}
	after, err := t.used()
	if err != nil {
		return 0, err
	}
	n := 0
	for _, count := range counts {
		n += count
	}
	return float64((after - before).Microseconds()) / float64(n), nil
}

// direct has a process time itself.
func (t target) direct(w workload, length time.Duration) (float64, error) {
	question, err := json.Marshal(map[string]any{
		"query": w.query, "variables": json.RawMessage(w.variables), "milliseconds": length.Milliseconds(),
	})
	if err != nil {
		return 0, err
	}
	if _, err := t.in.Write(append(question, '\n')); err != nil {
		return 0, err
	}
	cost, err := t.line()
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(cost, 64)
}

func (t target) post(w workload, to io.Writer) error {
	request, err := http.NewRequest(http.MethodPost, "http://"+t.address+t.path, strings.NewReader(w.body()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	response, err := t.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(to, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %s", response.Status)
	}
	return nil
}

// agree makes sure that all targets answer, and the same where they can.
func agree(targets []target, w workload) error {
	var first any
	for i, t := range targets {
		var body bytes.Buffer
		if err := t.post(w, &body); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		var answer struct{ Errors, Data any }
		if err := json.Unmarshal(body.Bytes(), &answer); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		switch {
		case answer.Errors != nil || answer.Data == nil:
			return fmt.Errorf("%s answers %.300s to %s", t.name, &body, w.name)
		case i == 0:
			first = answer.Data
		case w.data && !reflect.DeepEqual(first, answer.Data):
			return fmt.Errorf("%s answers something else to %s", t.name, w.name)
		}
	}
	return nil
}
