//go:build unix

package embedded

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ErrInUse is returned by Start when another process owns the folder.
var ErrInUse = errors.New("the folder is in use")

// predecessorGrace is how long a server whose owner was killed is given to
// end. It has had its signal already; PostgreSQL itself waits five seconds
// before it kills what does not heed it.
const predecessorGrace = 10 * time.Second

// maxSocketPath is the longest path of a socket that every Unix takes: macOS
// has the least room, 104 bytes with the closing zero.
const maxSocketPath = 103

// folder is a server's folder, locked for this process.
type folder struct {
	dir     string
	socket  string
	account account
	lock    *os.File
	closed  sync.Once
}

// openFolder makes and locks the folder.
func openFolder(dir string) (*folder, error) {
	if dir == "" {
		return nil, errors.New("no folder is named")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the folder: %w", err)
	}
	if err := makeDir(dir); err != nil {
		return nil, fmt.Errorf("making the folder: %w", err)
	}
	// One folder has one name: PostgreSQL tells the real one in /proc.
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, fmt.Errorf("finding the folder: %w", err)
	}
	f := &folder{dir: dir}
	if f.account, err = serverAccount(f.data()); err != nil {
		return nil, err
	}
	if err := f.account.reaches(dir); err != nil {
		root := f.account.asRoot()
		if !root.starts() {
			return nil, err
		}
		f.account = root
	}
	if err := f.takeLock(); err != nil {
		return nil, err
	}
	if err := f.makeSocketFolder(); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// makeDir makes a folder that the server's account may pass through and nobody
// may list, whatever the umask; one that exists keeps what it has.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return err
	}
	return os.Chmod(dir, 0o711)
}

func (f *folder) data() string         { return filepath.Join(f.dir, "data") }
func (f *folder) passwordFile() string { return filepath.Join(f.dir, "password") }
func (f *folder) pidFile() string      { return filepath.Join(f.data(), "postmaster.pid") }

// takeLock locks the folder. The kernel lets go of the lock when this process
// ends, killed or not, so it can never be left behind.
func (f *folder) takeLock() error {
	file, err := os.OpenFile(filepath.Join(f.dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("opening the lock: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		owner := make([]byte, 20)
		n, _ := file.Read(owner)
		file.Close()
		return fmt.Errorf("%w: process %s runs a server on %s; stop it or choose another folder", ErrInUse, bytes.TrimSpace(owner[:n]), f.dir)
	}
	if err != nil {
		file.Close()
		return fmt.Errorf("locking the folder: %w", err)
	}
	f.lock = file
	if err := f.signLock(); err != nil {
		return errors.Join(err, f.close())
	}
	return nil
}

// signLock writes who holds the lock into it, for the message that the next
// comer gets.
func (f *folder) signLock() error {
	if err := f.lock.Truncate(0); err != nil {
		return fmt.Errorf("signing the lock: %w", err)
	}
	if _, err := f.lock.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0); err != nil {
		return fmt.Errorf("signing the lock: %w", err)
	}
	return nil
}

// close lets go of the folder. Only the first call does anything: after it the
// folder may be another process's.
func (f *folder) close() error {
	var err error
	f.closed.Do(func() {
		if f.socket != "" && filepath.Dir(f.socket) != f.dir {
			_ = os.Remove(f.socket) // of no harm where it stays
		}
		err = f.lock.Close()
	})
	return err
}

// makeSocketFolder makes the folder of the socket: in ours where its path is
// short enough for a socket, else under /tmp by a name derived from ours, so
// that a killed server leaves no more than one behind.
func (f *folder) makeSocketFolder() error {
	f.socket = filepath.Join(f.dir, "run")
	if len(f.socket)+len("/.s.PGSQL.5432.lock") > maxSocketPath {
		sum := sha256.Sum256([]byte(f.dir))
		f.socket = filepath.Join("/tmp", "lfpse-"+hex.EncodeToString(sum[:8]))
	}
	if err := os.Mkdir(f.socket, 0o700); err == nil {
		return f.account.give(f.socket)
	} else if !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("making the socket's folder: %w", err)
	}
	info, err := os.Lstat(f.socket)
	if err != nil {
		return fmt.Errorf("looking at the socket's folder: %w", err)
	}
	mine := ownedBy(info, f.account.uid) || ownedBy(info, uint32(os.Geteuid()))
	if !info.IsDir() || !mine || info.Mode().Perm() != 0o700 {
		return fmt.Errorf("%s is not a folder for the server's eyes only: remove it", f.socket)
	}
	return f.account.give(f.socket)
}

// clusterVersion is the major version that the data was made by, such as
// "15", or "" where there is none yet.
func (f *folder) clusterVersion() string {
	b, err := os.ReadFile(filepath.Join(f.data(), "PG_VERSION"))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// awaitPredecessor waits until no server runs on the folder. We hold its lock,
// so one that does has lost its owner and is about to end. What a server that
// is gone left behind is removed: its number may meanwhile be another
// process's, and PostgreSQL would take that for a running server.
func (f *folder) awaitPredecessor(ctx context.Context) error {
	deadline := time.Now().Add(predecessorGrace)
	for {
		pid, err := readPID(f.pidFile())
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("looking for an earlier server: %w", err)
		}
		if !serves(pid, f.data()) {
			return f.removePIDFile()
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%w: a PostgreSQL server that nobody owns (process %d) runs on %s; end it with pg_ctl stop -D %s", ErrInUse, pid, f.dir, f.data())
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for an earlier server to end: %w", ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (f *folder) removePIDFile() error {
	err := os.Remove(f.pidFile())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing what an earlier server left: %w", err)
	}
	return nil
}

// readPID reads the first line of a postmaster.pid. A file without a number,
// cut off by a crash, counts as process 0, which serves nothing.
func readPID(path string) (int, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || pid <= 0 {
		return 0, nil
	}
	return pid, nil
}

// serves reports whether a process is a server on the data. A server's working
// folder is its data; where the system does not tell, a living process is given
// the benefit of the doubt.
func serves(pid int, data string) bool {
	if pid == 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return false
	}
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	if errors.Is(err, fs.ErrNotExist) {
		_, noProc := os.Stat("/proc/self/cwd")
		return noProc != nil
	}
	return err != nil || cwd == data
}

// initialise makes the cluster unless it exists, and returns its password.
//
// It is made beside its place and moved there when it is whole, so that a
// half-made one is never started.
func (f *folder) initialise(ctx context.Context, p programs, durable bool) (string, error) {
	if f.clusterVersion() != "" {
		b, err := os.ReadFile(f.passwordFile())
		if err != nil {
			return "", fmt.Errorf("reading the password of the server: %w", err)
		}
		return string(bytes.TrimSpace(b)), nil
	}
	password := rand.Text()
	if err := f.writePassword(password); err != nil {
		return "", err
	}
	if err := f.initdb(ctx, p, durable); err != nil {
		return "", err
	}
	return password, nil
}

func (f *folder) writePassword(password string) error {
	if err := os.Remove(f.passwordFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("replacing the password: %w", err)
	}
	if err := os.WriteFile(f.passwordFile(), []byte(password+"\n"), 0o600); err != nil {
		return fmt.Errorf("keeping the password: %w", err)
	}
	// initdb reads it as the server's account.
	return f.account.give(f.passwordFile())
}

// characterTypes are the locales tried for what is a letter and what is its
// capital; the order of words is always that of their bytes, which no upgrade
// of the system changes under an index. Not every system has the first two.
func characterTypes() []string { return []string{"C.UTF-8", "UTF-8", "C"} }

func (f *folder) initdb(ctx context.Context, p programs, durable bool) error {
	var first error
	for _, ctype := range characterTypes() {
		err := f.initdbAs(ctx, p, ctype, durable)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

func (f *folder) initdbAs(ctx context.Context, p programs, ctype string, durable bool) error {
	half := filepath.Join(f.dir, "data.new")
	if err := os.RemoveAll(half); err != nil {
		return fmt.Errorf("clearing away a half-made cluster: %w", err)
	}
	if err := os.Mkdir(half, 0o700); err != nil {
		return fmt.Errorf("making the data folder: %w", err)
	}
	if err := f.account.give(half); err != nil {
		return err
	}
	args := []string{
		"--pgdata", half, "--username", Role, "--pwfile", f.passwordFile(), "--auth", "scram-sha-256",
		"--encoding", "UTF8", "--locale", "C", "--lc-ctype", ctype,
	}
	if durable {
		args = append(args, "--data-checksums")
	} else {
		args = append(args, "--no-sync")
	}
	out, err := f.run(ctx, filepath.Join(p.bin, "initdb"), args...)
	if err != nil {
		return fmt.Errorf("making a database cluster: %w: %s", err, lastLines(out, 5))
	}
	if err := os.Rename(half, f.data()); err != nil {
		return fmt.Errorf("moving the new cluster to its place: %w", err)
	}
	return f.sync(durable)
}

// run runs one of the server's programs to its end as the server's account.
func (f *folder) run(ctx context.Context, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = f.dir
	cmd.Env = environment()
	cmd.SysProcAttr = attributes(f.account, syscall.SIGKILL)
	return combinedOutput(cmd)
}

// sync puts the moved cluster's name on the disk: a cluster that a power cut
// takes back to its half-made name would be cleared away at the next start.
func (f *folder) sync(durable bool) error {
	if !durable {
		return nil
	}
	d, err := os.Open(f.dir)
	if err != nil {
		return fmt.Errorf("opening the folder: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("writing the folder to the disk: %w", err)
	}
	return nil
}

func lastLines(out []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
