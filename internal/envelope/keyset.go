package envelope

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// Errors that a caller may want to tell apart.
var (
	// ErrExists says that Create found a file where the keyset should go.
	ErrExists = errors.New("a file is already there")
	// ErrPermissions says that people other than the owner could read the
	// keyset, or that its group could change it.
	ErrPermissions = errors.New("the keyset file is open to others")
	// ErrKeyset says that the file is not a whole keyset: truncated, damaged, or
	// something else.
	ErrKeyset = errors.New("the file is not a whole keyset")
	// ErrRotating says that another rotation is under way or broke off; the
	// file it left is named beside it.
	ErrRotating = errors.New("a rotation is under way or was interrupted")
)

// maxKeyset bounds what is read from a keyset file: a thousand rotations fit.
const maxKeyset = 1 << 20

// Create writes a new keyset with one key to path, readable by its owner only.
// It never overwrites: a keyset lost is every original text lost.
func Create(path string) error {
	err := writeKeyset(path, func() (*keyset.Manager, error) { return keyset.NewManager(), nil })
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("creating keyset %s: %w", path, ErrExists)
	}
	if err != nil {
		return fmt.Errorf("creating keyset %s: %w", path, err)
	}
	return syncDir(path)
}

// Rotate adds a key to the keyset at path and makes it the one that seals. What
// older keys sealed still opens. The file is replaced in one step, so that a
// crash leaves either the old keyset or the new one; Sealers that are open keep
// the keys they were opened with, so open them again afterwards.
//
// The new file is also the lock: the old keyset is read only once it exists, so
// that two rotations at once cannot drop one another's key.
func Rotate(path string) error {
	next := path + ".next"
	err := writeKeyset(next, func() (*keyset.Manager, error) {
		handle, err := readKeyset(path)
		if err != nil {
			return nil, err
		}
		return keyset.NewManagerFromHandle(handle), nil
	})
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("rotating keyset %s: %s: %w", path, next, ErrRotating)
	}
	if err != nil {
		return fmt.Errorf("rotating keyset %s: %w", path, err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("rotating keyset: %w", err)
	}
	return syncDir(path)
}

func addPrimary(manager *keyset.Manager) error {
	id, err := manager.Add(aead.XAES256GCM192BitNonceKeyTemplate())
	if err != nil {
		return fmt.Errorf("adding a key: %w", err)
	}
	if err := manager.SetPrimary(id); err != nil {
		return fmt.Errorf("making key %d primary: %w", id, err)
	}
	return nil
}

func readKeyset(path string) (*keyset.Handle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening keyset: %w", err)
	}
	defer f.Close()
	if err := checkPermissions(f); err != nil {
		return nil, fmt.Errorf("opening keyset %s: %w", path, err)
	}
	// Tink's own error is dropped: it may quote what it read.
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(io.LimitReader(f, maxKeyset)))
	if err != nil {
		return nil, fmt.Errorf("reading keyset %s: %w", path, ErrKeyset)
	}
	return handle, nil
}

// checkPermissions lets a group read, because secrets mounted into a container
// are often owned by root and read through a group.
func checkPermissions(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return ErrKeyset
	}
	if info.Mode().Perm()&0o037 != 0 {
		return fmt.Errorf("mode %#o: %w", info.Mode().Perm(), ErrPermissions)
	}
	return nil
}

// writeKeyset creates path, then asks for the keyset to put there with one more
// key, the primary. When anything fails it leaves nothing behind.
func writeKeyset(path string, from func() (*keyset.Manager, error)) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			os.Remove(path)
		}
	}()
	manager, err := from()
	if err != nil {
		return err
	}
	if err := addPrimary(manager); err != nil {
		return err
	}
	handle, err := manager.Handle()
	if err != nil {
		return err
	}
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(f)); err != nil {
		return err
	}
	return f.Sync()
}

// syncDir makes the name of a file as durable as its contents.
func syncDir(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("syncing the keyset's folder: %w", err)
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil {
		return fmt.Errorf("syncing the keyset's folder: %w", err)
	}
	return nil
}
