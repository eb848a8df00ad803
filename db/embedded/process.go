//go:build unix

package embedded

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// process is a running server process.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}

	mu      sync.Mutex
	stopped bool
	err     error
	said    []string
}

// startProcess starts the server and follows it to its end.
func startProcess(cmd *exec.Cmd, log *slog.Logger) (*process, error) {
	p := &process{cmd: cmd, done: make(chan struct{})}
	said, say := io.Pipe()
	cmd.Stdout, cmd.Stderr = say, say
	// What a killed server leaves running holds its output open for a moment.
	cmd.WaitDelay = deathGrace

	heard := make(chan struct{})
	go func() {
		defer close(heard)
		p.listen(said, log)
	}()
	started := make(chan error)
	go func() {
		err := startWithOwner(cmd)
		started <- err
		if err == nil {
			err = cmd.Wait()
		}
		say.Close()
		<-heard
		p.mu.Lock()
		p.err = err
		p.mu.Unlock()
		close(p.done)
	}()
	if err := <-started; err != nil {
		<-p.done
		return nil, fmt.Errorf("starting %s: %w", cmd.Path, err)
	}
	release, err := tieToOwner(p.pid())
	if err != nil {
		p.end(syscall.SIGQUIT, deathGrace)
		return nil, fmt.Errorf("tying the server to this process: %w", err)
	}
	go func() {
		<-p.done
		release()
	}()
	return p, nil
}

// startWithOwner starts a command whose parent, in the eyes of the kernel, is
// the thread that started it: the signal for a parent's death is sent when that
// thread ends. So the calling goroutine keeps its thread from here on, and must
// not end before the command does.
func startWithOwner(cmd *exec.Cmd) error {
	runtime.LockOSThread()
	return cmd.Start()
}

// combinedOutput is Cmd.CombinedOutput for a command that must not outlive us.
func combinedOutput(cmd *exec.Cmd) ([]byte, error) {
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = deathGrace
	ended := make(chan error)
	go func() {
		if err := startWithOwner(cmd); err != nil {
			ended <- err
			return
		}
		ended <- cmd.Wait()
	}()
	err := <-ended
	return []byte(out.String()), err
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// listen passes on what the server says and keeps the last of it, to explain
// a start that failed.
func (p *process) listen(r io.Reader, log *slog.Logger) {
	const kept = 8
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := lines.Text()
		log.Debug("PostgreSQL says", "line", line)
		p.mu.Lock()
		p.said = append(p.said, line)
		p.said = p.said[max(0, len(p.said)-kept):]
		p.mu.Unlock()
	}
	// A line too long to scan must not block the server that writes it.
	_, _ = io.Copy(io.Discard, r)
}

// stop ends the server in an orderly way, and by force when the context ends.
func (p *process) stop(ctx context.Context) error {
	p.mu.Lock()
	p.stopped = true
	p.mu.Unlock()
	p.signal(syscall.SIGINT)
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		p.end(syscall.SIGQUIT, deathGrace)
		return fmt.Errorf("stopping PostgreSQL: %w", ctx.Err())
	}
}

// end signals the server and waits for its end, which it enforces when the
// server takes longer than it may.
func (p *process) end(s syscall.Signal, grace time.Duration) {
	p.signal(s)
	select {
	case <-p.done:
	case <-time.After(grace):
		p.signal(syscall.SIGKILL)
		<-p.done
	}
}

// signal signals the server. It fails only when the server is gone, which is
// what every signal here asks for.
func (p *process) signal(s syscall.Signal) { _ = p.cmd.Process.Signal(s) }

// verdict says why the server ended: nil when it was asked to.
func (p *process) verdict() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return nil
	}
	said := strings.Join(p.said, "; ")
	if p.err == nil {
		return errors.New("PostgreSQL ended by itself: " + said)
	}
	return fmt.Errorf("PostgreSQL ended by itself: %w: %s", p.err, said)
}
