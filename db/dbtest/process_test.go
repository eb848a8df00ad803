//go:build unix

package dbtest_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/db/embedded"
)

func TestProcessesHaveServersOfTheirOwn(t *testing.T) {
	ours := dataOf(t, dbtest.New(t))
	theirs := startOther(t, "")
	defer theirs.kill()
	if theirs.data == ours {
		t.Errorf("both processes use the server on %s", ours)
	}
}

func TestAKilledProcessLeavesNoServerAndItsPlaceIsUsedAgain(t *testing.T) {
	dbtest.New(t) // takes the first place, so that the others' is free
	first := startOther(t, "")
	first.kill()
	second := startOther(t, "")
	defer second.kill()
	if second.data != first.data {
		t.Errorf("the second process uses %s, though %s is free", second.data, first.data)
	}
	if second.databases != "1" {
		t.Errorf("the second process sees %s databases of tests, want its own and none of the first's", second.databases)
	}
}

func TestAServerThatIsNamedIsUsedAndKeptClean(t *testing.T) {
	dir, err := os.MkdirTemp("", "lfpse-dbtest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	s, err := embedded.Start(t.Context(), embedded.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop(context.Background())
	named := s.URL("postgres")

	killed := startOther(t, named)
	if !strings.HasPrefix(killed.data, dir) {
		t.Fatalf("the process uses %s, not the server that was named", killed.data)
	}
	living := startOther(t, named)
	defer living.kill()
	if living.databases != "2" {
		t.Errorf("beside a living process there are %s databases, want one of each", living.databases)
	}
	killed.kill()
	awaitLeases(t, named, 1)
	third := startOther(t, named)
	defer third.kill()
	if third.databases != "2" {
		t.Errorf("after one of two processes was killed the third sees %s databases, want its own and the living one's", third.databases)
	}
}

// other is another process that runs tests: this program, running nothing but
// TestOtherProcess.
type other struct {
	cmd       *exec.Cmd
	data      string // the data folder of its server
	databases string // how many databases of tests it sees
}

const otherProcess = "LFPSE_TEST_OTHER_PROCESS"

func startOther(t *testing.T, server string) *other {
	t.Helper()
	o := &other{cmd: exec.Command(os.Args[0], "-test.run=^TestOtherProcess$", "-test.v")}
	o.cmd.Env = append(os.Environ(), otherProcess+"=yes", "LFPSE_TEST_SERVER="+server)
	o.cmd.Stderr = os.Stderr
	if _, err := o.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if n, _ := fmt.Sscanf(lines.Text(), "server %s databases %s", &o.data, &o.databases); n == 2 {
			return o
		}
	}
	t.Fatal("the other process ended without a word")
	return nil
}

// kill kills the process with a signal it cannot see.
func (o *other) kill() {
	_ = o.cmd.Process.Kill()
	_ = o.cmd.Wait()
}

func TestOtherProcess(t *testing.T) {
	if os.Getenv(otherProcess) == "" {
		t.Skip("this is the other process of the tests above")
	}
	d := dbtest.New(t)
	fmt.Printf("server %s databases %d\n", dataOf(t, d), count(t, d, "pg_database WHERE starts_with(datname, 'lfpse_test_')"))
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func dataOf(t *testing.T, d *db.DB) string {
	t.Helper()
	var dir string
	if err := d.NewRaw("SELECT current_setting('data_directory')").Scan(t.Context(), &dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// awaitLeases waits until the server has noticed how many processes are left.
func awaitLeases(t *testing.T, url string, want int) {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for range 500 {
		if count(t, d, "pg_locks WHERE locktype = 'advisory'") == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("the server still serves others than %d processes", want)
}
