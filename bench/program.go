package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// program is another process of the benchmark.
type program struct {
	name    string
	address string // where it listens
	cmd     *exec.Cmd
	said    *tail
	done    chan struct{}
}

// stopGrace is how long a program may take to end.
const stopGrace = 15 * time.Second

// startProgram starts a program and waits until its port is open.
func startProgram(ctx context.Context, name, address string, cmd *exec.Cmd) (*program, error) {
	p := &program{name: name, address: address, cmd: cmd, said: &tail{}, done: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = p.said, p.said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the terminal's interrupt is ours to pass on
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, err)
	}
	go func() {
		cmd.Wait() //nolint:errcheck // what it said tells why
		close(p.done)
	}()
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			return p, conn.Close()
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), p.stop())
		case <-p.done:
			return nil, fmt.Errorf("%s ended: %s", name, p.said)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stop ends the program; nil has none.
func (p *program) stop() error {
	if p == nil {
		return nil
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stopping %s: %w", p.name, err)
	}
	select {
	case <-p.done:
		return nil
	case <-time.After(stopGrace):
	}
	return fmt.Errorf("%s did not stop and was killed: %w", p.name, p.cmd.Process.Kill())
}

// says answers the last that the program has said; nil has not.
func (p *program) says() string {
	if p == nil {
		return ""
	}
	return p.said.String()
}

// tail keeps the last of what a program says.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailLength = 4096

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-tailLength):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}

// freeAddress answers an address of this machine where nothing listens.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("looking for a free port: %w", err)
	}
	return listener.Addr().String(), listener.Close()
}

// tick is the unit of processor time in Linux's /proc: a hundredth of a second
// on every platform that Go knows (proc_pid_stat(5)).
const tick = 10 * time.Millisecond

// stat is what Linux tells of a process.
type stat struct {
	parent   int
	time     time.Duration // of its own
	children time.Duration // of its children that ended
}

func statOf(pid int) (stat, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, err
	}
	// The second field is a name in parentheses, in which anything may stand.
	_, rest, _ := bytes.Cut(text, []byte(") "))
	fields := strings.Fields(string(rest))
	if len(fields) < 15 {
		return stat{}, fmt.Errorf("process %d is not described as Linux does", pid)
	}
	number := func(i int) int64 {
		n, _ := strconv.ParseInt(fields[i], 10, 64)
		return n
	}
	return stat{
		parent:   int(number(1)),
		time:     time.Duration(number(11)+number(12)) * tick,
		children: time.Duration(number(13)+number(14)) * tick,
	}, nil
}

// treeTime is the processor time of a process and its children, those that
// ended included.
func treeTime(root int) (time.Duration, error) {
	own, err := statOf(root)
	if err != nil {
		return 0, fmt.Errorf("reading the processor time of a process: %w", err)
	}
	sum := own.time + own.children
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0, fmt.Errorf("listing processes: %w", err)
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if s, err := statOf(pid); err == nil && s.parent == root { // one that has just ended is in children
			sum += s.time
		}
	}
	return sum, nil
}

// forgetPeak has the peak of a process's memory begin anew (proc_pid_clear_refs(5)).
func forgetPeak(pid int) error {
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0); err != nil {
		return fmt.Errorf("resetting the peak of a process's memory: %w", err)
	}
	return nil
}

// peak is the most memory that a process has held, in bytes.
func peak(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("reading the memory of a process: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kilobytes << 10, err
		}
	}
	return 0, fmt.Errorf("process %d does not tell its memory", pid)
}
