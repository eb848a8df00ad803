//go:build unix

package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// ErrNoPrograms is returned by Start when the machine has no PostgreSQL server
// that could be used and none could be fetched.
var ErrNoPrograms = errors.New("no PostgreSQL server programs were found")

// oldest is the oldest major version that the service's SQL is written for.
const oldest = 15

// programs are the server's programs in one folder.
type programs struct {
	bin     string
	version string // as printed, such as "15.18"
}

func (p programs) major() string {
	major, _, _ := strings.Cut(p.version, ".")
	return major
}

// findPrograms returns programs that run as the account and, when a cluster
// exists already, are of the major version that made it: no other can open it.
//
// A folder that was named is the only one looked at: to run something else in
// its place would be a surprise.
func findPrograms(ctx context.Context, o Options, a account, cluster string) (programs, error) {
	named := o.Bin
	if named == "" {
		named = os.Getenv("LFPSE_POSTGRES_BIN")
	}
	if named != "" {
		p, err := probe(ctx, named, a, cluster)
		if err != nil {
			return programs{}, fmt.Errorf("using the PostgreSQL programs in %s: %w", named, err)
		}
		return p, nil
	}
	var refused []error
	for _, bin := range usualPlaces() {
		p, err := probe(ctx, bin, a, cluster)
		if err == nil {
			return p, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			refused = append(refused, fmt.Errorf("%s: %w", bin, err))
		}
	}
	p, err := fetchedPrograms(ctx, o, a, cluster)
	if err == nil {
		return p, nil
	}
	refused = append(refused, err)
	return programs{}, fmt.Errorf("%w: %s (%w)", ErrNoPrograms, advice(), errors.Join(refused...))
}

// usualPlaces lists the folders where systems put the server's programs, which
// most of them keep out of PATH, the newest version of each first.
func usualPlaces() []string {
	var places []string
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",         // Debian, Ubuntu
		"/usr/pgsql-*/bin",                  // PostgreSQL's own packages for Red Hat
		"/usr/libexec/postgresql*",          // Alpine
		"/usr/local/pgsql/bin",              // built from source
		"/opt/homebrew/opt/postgresql*/bin", // Homebrew on Apple silicon
		"/usr/local/opt/postgresql*/bin",    // Homebrew on Intel
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue // the patterns are constants; a bad one finds nothing in the tests
		}
		slices.SortFunc(found, func(a, b string) int { return numberIn(b) - numberIn(a) })
		places = append(places, found...)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		places = append(places, filepath.Dir(path))
	}
	return places
}

var digits = regexp.MustCompile(`\d+`)

func numberIn(path string) int {
	n, err := strconv.Atoi(digits.FindString(path))
	if err != nil {
		return 0
	}
	return n
}

var printedVersion = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)(\S*)`)

// probe runs the server to see that it can be run, as whom it will be, and
// which version it is.
func probe(ctx context.Context, bin string, a account, cluster string) (programs, error) {
	for _, name := range []string{"postgres", "initdb"} {
		if _, err := os.Stat(filepath.Join(bin, name)); err != nil {
			return programs{}, fmt.Errorf("looking for %s: %w", name, err)
		}
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version")
	cmd.Env = environment()
	cmd.Dir = "/"
	cmd.SysProcAttr = attributes(a, syscall.SIGKILL)
	out, err := combinedOutput(cmd)
	if err != nil {
		return programs{}, fmt.Errorf("running postgres as %s: %w %s", a.name, err, lastLines(out, 1))
	}
	m := printedVersion.FindSubmatch(out)
	if m == nil {
		return programs{}, errors.New("postgres does not tell its version")
	}
	p := programs{bin: bin, version: string(m[1]) + string(m[2])}
	switch major, err := strconv.Atoi(string(m[1])); {
	case err != nil || major < oldest:
		return programs{}, fmt.Errorf("version %s is older than %d", p.version, oldest)
	case cluster != "" && p.major() != cluster:
		return programs{}, fmt.Errorf("version %s cannot open data made by version %s", p.version, cluster)
	}
	return p, nil
}

// advice says in one line how to get the programs.
func advice() string {
	if runtime.GOOS == "darwin" {
		return "install them with `brew install postgresql@17`, or name their folder in LFPSE_POSTGRES_BIN"
	}
	return "install them with `apt-get install postgresql` (Debian, Ubuntu), `dnf install postgresql-server` (Fedora, Red Hat) or `apk add postgresql17` (Alpine), or name their folder in LFPSE_POSTGRES_BIN"
}
