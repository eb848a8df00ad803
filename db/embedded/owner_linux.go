package embedded

import "syscall"

// attributes are how the server's programs are started: as the account, out of
// reach of the keys pressed in our terminal, and signalled by the kernel when
// the thread that started them ends.
func attributes(a account, onDeath syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Credential: a.credential(),
		Setpgid:    true,
		Pdeathsig:  onDeath,
	}
}

// tieToOwner has nothing to add to what the kernel does.
func tieToOwner(int) (release func(), err error) { return func() {}, nil }
