//go:build unix

package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"lfpse/db/embedded"
)

// ownerOf names, in the environment of this very program run once more, the
// folder it is to run a server on until it is killed.
const ownerOf = "LFPSE_TEST_OWNER_OF"

func TestMain(m *testing.M) {
	if dir := os.Getenv(ownerOf); dir != "" {
		if err := own(dir); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// own runs a server, commits a row, leaves another uncommitted and waits to be
// killed.
func own(dir string) error {
	ctx := context.Background()
	s, err := embedded.Start(ctx, embedded.Options{Dir: dir, Durable: true})
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "CREATE TABLE IF NOT EXISTS record (word text)"); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "INSERT INTO record VALUES ('committed')"); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "BEGIN; INSERT INTO record VALUES ('uncommitted')"); err != nil {
		return err
	}
	fmt.Println("ready")
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func TestNoServerOutlivesAnOwnerThatIsKilled(t *testing.T) {
	closed := filepath.Join(folder(t), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	// Root's server in a folder closed to others runs in another way.
	for name, dir := range map[string]string{"an open folder": folder(t), "a closed folder": closed} {
		t.Run(name, func(t *testing.T) {
			const kills = 3
			for range kills {
				server := killOwner(t, dir)
				if !eventually(func() bool { return len(processesOn(t, dir)) == 0 }) {
					t.Fatalf("server %d outlives its owner: %v", server, processesOn(t, dir))
				}
			}
			s := start(t, embedded.Options{Dir: dir, Durable: true})
			got := text(t, s, "postgres", "SELECT string_agg(word, ' ') FROM record")
			if want := strings.TrimSpace(strings.Repeat("committed ", kills)); got != want {
				t.Errorf("after %d kills the records are %q, want %q", kills, got, want)
			}
		})
	}
}

func TestAFolderWhoseOwnerWasJustKilledStartsAtOnce(t *testing.T) {
	dir := folder(t)
	killOwner(t, dir)
	s := start(t, embedded.Options{Dir: dir, Durable: true})
	if got := text(t, s, "postgres", "SELECT word FROM record"); got != "committed" {
		t.Errorf("the record is %q", got)
	}
}

// killOwner runs this program as the owner of a server and kills it with a
// signal it cannot see. It returns the server's process.
func killOwner(t *testing.T, dir string) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), ownerOf+"="+dir)
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || said != "ready\n" {
		t.Fatalf("the owner said %q: %v", said, err)
	}
	pid := postmaster(t, dir)
	if pid == 0 || len(processesOn(t, dir)) == 0 {
		t.Fatal("the owner runs no server")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed, as it should be
	return pid
}

// processesOn lists the living processes that work in a server's data, its
// postmaster and backends, where the system can tell; else the postmaster.
func processesOn(t *testing.T, dir string) []int {
	t.Helper()
	links, err := filepath.Glob("/proc/[0-9]*/cwd")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, link := range links {
		if cwd, err := os.Readlink(link); err == nil && cwd == filepath.Join(dir, "data") {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link)))
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	if pid := postmaster(t, dir); len(links) == 0 && pid != 0 && syscall.Kill(pid, 0) == nil {
		pids = append(pids, pid)
	}
	return pids
}
