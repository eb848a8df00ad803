//go:build unix

package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"lfpse/db/embedded"
)

// startTimeout is how long a server may take to start, fetching its programs
// where they are missing.
const startTimeout = 3 * time.Minute

// maxPlaces is more than any machine runs packages at a time.
const maxPlaces = 256

// ownServer starts this process's own server in the first place that no other
// process uses, and returns its URL. The server is not stopped but left to end
// with the process: what tests wrote is of no use to anyone.
func ownServer(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	base, err := placesFolder()
	if err != nil {
		return "", err
	}
	dir, err := takePlace(base)
	if err != nil {
		return "", err
	}
	s, err := embedded.Start(ctx, embedded.Options{Dir: dir})
	if err != nil && !errors.Is(err, embedded.ErrInUse) && ctx.Err() == nil {
		// Without fsync a cluster may be spoilt, and PostgreSQL's version may have
		// changed; nothing in it is worth keeping.
		if err := os.RemoveAll(dir); err != nil {
			return "", fmt.Errorf("clearing away a spoilt cluster: %w", err)
		}
		s, err = embedded.Start(ctx, embedded.Options{Dir: dir})
	}
	if err != nil {
		return "", err
	}
	return s.URL("postgres"), nil
}

// placesFolder makes the folder of the places. Its name tells the user, as
// accounts do not share clusters, and the system's current boot: without fsync
// nothing is sure to be whole after a crash of the machine.
func placesFolder() (string, error) {
	user := "lfpse-test-" + strconv.Itoa(os.Geteuid())
	base := filepath.Join(parentFolder(), user+"-"+boot())
	if err := os.Mkdir(base, 0o711); err == nil {
		err = errors.Join(os.Chmod(base, 0o711), clearOtherBoots(base, user))
		if err != nil {
			return "", err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("making the folder of the tests' servers: %w", err)
	}
	info, err := os.Lstat(base)
	if err != nil {
		return "", fmt.Errorf("looking at the folder of the tests' servers: %w", err)
	}
	if st := info.Sys().(*syscall.Stat_t); !info.IsDir() || int(st.Uid) != os.Geteuid() || info.Mode().Perm()&0o022 != 0 {
		return "", fmt.Errorf("%s is not a folder of ours alone: remove it", base)
	}
	return base, nil
}

// boot is a short name for the system's current boot, where it has one.
func boot() string {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "0"
	}
	sum := sha256.Sum256([]byte(strings.TrimSpace(string(id))))
	return hex.EncodeToString(sum[:4])
}

func clearOtherBoots(base, user string) error {
	found, err := filepath.Glob(filepath.Join(filepath.Dir(base), user+"-*"))
	if err != nil {
		return fmt.Errorf("looking for what earlier boots left: %w", err)
	}
	for _, dir := range found {
		if dir == base {
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("clearing away what an earlier boot left: %w", err)
		}
	}
	return nil
}

// takePlace locks the first place that is free, for as long as this process
// lives, and returns its folder.
func takePlace(base string) (string, error) {
	for i := range maxPlaces {
		dir := filepath.Join(base, strconv.Itoa(i))
		fd, err := syscall.Open(dir+".lock", syscall.O_RDWR|syscall.O_CREAT|syscall.O_CLOEXEC, 0o600)
		if err != nil {
			return "", fmt.Errorf("opening a place's lock: %w", err)
		}
		// The descriptor is never closed; its lock ends with the process.
		err = syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return dir, nil
		}
		syscall.Close(fd)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return "", fmt.Errorf("locking a place: %w", err)
		}
	}
	return "", fmt.Errorf("all of %d places in %s are taken", maxPlaces, base)
}
