//go:build unix

package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is whom the server runs as.
type account struct {
	name     string
	uid, gid uint32
	// other is true when this is not the account we run as ourselves.
	other bool
	// seen, where it is not 0, is the number by which the server sees root: it is
	// root's own process in a user namespace, and takes itself for another account. It
	// reaches folders that are closed to everybody but root.
	seen uint32
}

// serverAccount chooses the account for a cluster at data, which may not exist
// yet. A cluster stays with the account that owns it: PostgreSQL refuses any
// other.
func serverAccount(data string) (account, error) {
	self := account{name: "the user of this process", uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}
	owner, err := os.Stat(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return account{}, fmt.Errorf("looking at the data folder: %w", err)
	}
	if self.uid != 0 {
		if err == nil && !ownedBy(owner, self.uid) {
			return account{}, fmt.Errorf("%s belongs to another user, and PostgreSQL opens only folders of its own: start as that user or choose another folder", data)
		}
		return self, nil
	}
	if err == nil && !ownedBy(owner, 0) {
		st := owner.Sys().(*syscall.Stat_t)
		return account{name: fmt.Sprintf("user %d", st.Uid), uid: st.Uid, gid: st.Gid, other: true}, nil
	}
	unprivileged, lookupErr := unprivilegedAccount()
	if lookupErr == nil && err == nil { // root's own cluster: made under another number
		return unprivileged.asRoot(), nil
	}
	return unprivileged, lookupErr
}

// asRoot is root, seen by the server as the account.
func (a account) asRoot() account {
	return account{name: "root under another number", seen: a.uid}
}

// unprivilegedAccount finds an account for root to hand the server to.
func unprivilegedAccount() (account, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr != nil || gidErr != nil || uid == 0 {
			continue
		}
		return account{name: "user " + name, uid: uint32(uid), gid: uint32(gid), other: true}, nil
	}
	return account{}, errors.New(`PostgreSQL refuses to run as root, and there is neither a "postgres" nor a "nobody" account to run it as`)
}

// credential returns what a program needs to be started as the account, nil
// when it is ours.
func (a account) credential() *syscall.Credential {
	if !a.other {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// give makes the account the owner of a file of ours.
func (a account) give(path string) error {
	if !a.other {
		return nil
	}
	if err := os.Lchown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("giving a file to %s: %w", a.name, err)
	}
	return nil
}

// reaches reports, as an error that says what to do, the first folder on the
// way to dir that is closed to the account.
func (a account) reaches(dir string) error {
	if !a.other {
		return nil
	}
	for d := dir; ; d = filepath.Dir(d) {
		info, err := os.Stat(d)
		if err != nil {
			return fmt.Errorf("looking at the way to the data: %w", err)
		}
		if !a.enters(info) {
			return fmt.Errorf("PostgreSQL refuses to run as root and %s cannot enter %s: open it with chmod o+x, or choose a folder such as /var/lib/lfpse", a.name, d)
		}
		if d == filepath.Dir(d) {
			return nil
		}
	}
}

func (a account) enters(info fs.FileInfo) bool {
	st := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	switch {
	case st.Uid == a.uid:
		return mode&0o100 != 0
	case st.Gid == a.gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

func ownedBy(info fs.FileInfo, uid uint32) bool {
	return info.Sys().(*syscall.Stat_t).Uid == uid
}
