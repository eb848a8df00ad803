//go:build unix

package embedded

import (
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"syscall"
)

// watchdog is a shell that waits for the end of a pipe whose other end only
// this process holds, and then tells the server to end. It serves the systems
// whose kernel does not signal the children of a dead process.
type watchdog struct {
	cmd  *exec.Cmd
	pipe io.Closer
}

func startWatchdog(pid int) (*watchdog, error) {
	cmd := exec.Command("/bin/sh", "-c", `cat >/dev/null; kill -QUIT "$1"`, "watchdog", strconv.Itoa(pid))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("making the watchdog's pipe: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the watchdog: %w", err)
	}
	return &watchdog{cmd, pipe}, nil
}

// release ends the watchdog. It must be called when the server has ended,
// before its number can be given to another process.
func (w *watchdog) release() {
	// The whole group, as the shell waits for its cat.
	_ = syscall.Kill(-w.cmd.Process.Pid, syscall.SIGKILL)
	_ = w.pipe.Close()
	_ = w.cmd.Wait() // killed, as it should be
}
