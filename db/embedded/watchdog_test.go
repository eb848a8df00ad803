//go:build unix

package embedded

import (
	"os/exec"
	"syscall"
	"testing"
	"time"
)

func TestTheWatchdogEndsTheServerWhenItsPipeCloses(t *testing.T) {
	sleeper := startSleeper(t)
	w, err := startWatchdog(sleeper.cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	defer w.release()
	select {
	case <-sleeper.ended:
		t.Fatal("the watchdog bites while its owner lives")
	case <-time.After(100 * time.Millisecond):
	}
	// The kernel closes the pipe when the owner dies.
	if err := w.pipe.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-sleeper.ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the watchdog does not bite")
	}
	if status := sleeper.cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGQUIT {
		t.Errorf("the server was sent %v, want an immediate shutdown, SIGQUIT", status.Signal())
	}
}

func TestAReleasedWatchdogBitesNobody(t *testing.T) {
	sleeper := startSleeper(t)
	w, err := startWatchdog(sleeper.cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	w.release()
	select {
	case <-sleeper.ended:
		t.Fatal("the watchdog bites after its release")
	case <-time.After(200 * time.Millisecond):
	}
}

// sleeper stands for a server.
type sleeper struct {
	cmd   *exec.Cmd
	ended chan struct{}
}

func startSleeper(t *testing.T) *sleeper {
	t.Helper()
	s := &sleeper{exec.Command("sleep", "60"), make(chan struct{})}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = s.cmd.Wait()
		close(s.ended)
	}()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.ended
	})
	return s
}
