//go:build unix && !linux

package embedded

import "syscall"

// attributes are how the server's programs are started: as the account, and out
// of reach of the keys pressed in our terminal.
func attributes(a account, _ syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: a.credential(), Setpgid: true}
}

// starts is false: only Linux has user namespaces.
func (account) starts() bool { return false }

// tieToOwner has a watchdog end the server when this process is gone.
func tieToOwner(pid int) (release func(), err error) {
	w, err := startWatchdog(pid)
	if err != nil {
		return nil, err
	}
	return w.release, nil
}
