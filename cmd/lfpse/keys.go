package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"lfpse/internal/envelope"
	"lfpse/internal/token"
)

// keyFiles is the folder of the keys that must not be in the database.
type keyFiles struct{ dir string }

// texts is the keyset under which original texts are sealed.
func (k keyFiles) texts() string { return filepath.Join(k.dir, "texts.json") }

// tokens holds the keys that sign access tokens.
func (k keyFiles) tokens() string { return filepath.Join(k.dir, "tokens.json") }

// hashes is the secret under which idempotency keys are hashed.
func (k keyFiles) hashes() string { return filepath.Join(k.dir, "hashes.key") }

const hashSecretSize = 32

// create makes the files that are missing, and none anew.
func (k keyFiles) create() error {
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return fmt.Errorf("making the folder of the keys: %w", err)
	}
	makers := map[string]func(string) error{k.texts(): envelope.Create, k.tokens(): token.Create, k.hashes(): createSecret}
	for path, create := range makers {
		if _, err := os.Stat(path); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("looking for a key file: %w", err)
		}
		if err := create(path); err != nil {
			return err
		}
	}
	return nil
}

// check names the files that are missing.
func (k keyFiles) check() error {
	for _, path := range []string{k.texts(), k.tokens(), k.hashes()} {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the key file %s is missing: 'lfpse keys create' makes one for a new database; for an old one put its own back, without which no text that was typed can be read", path)
		} else if err != nil {
			return fmt.Errorf("looking for a key file: %w", err)
		}
	}
	return nil
}

func createSecret(path string) error {
	secret := make([]byte, hashSecretSize)
	if _, err := rand.Read(secret); err != nil {
		return fmt.Errorf("drawing a secret: %w", err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("making a key file: %w", err)
	}
	_, err = file.Write(secret)
	return errors.Join(err, file.Sync(), file.Close())
}

func readSecret(path string) ([]byte, error) {
	secret, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading a key file: %w", err)
	}
	if len(secret) != hashSecretSize {
		return nil, fmt.Errorf("the key file %s is damaged: it must be %d bytes long", path, hashSecretSize)
	}
	return secret, nil
}

// keysCommand makes or rotates key files.
type keysCommand struct {
	Create keysCreateCommand `cmd:"" help:"Make the key files that are missing."`
	Rotate keysRotateCommand `cmd:"" help:"Make new keys the ones that are used from now on; old ones still open what they sealed. Restart the service to take them up."`
}

type keysCreateCommand struct {
	Storage storage `embed:""`
}

// Run makes the files.
func (c *keysCreateCommand) Run(env environment) error {
	if err := c.Storage.keys().create(); err != nil {
		return err
	}
	return report(env.out, "The keys are in %s. Keep a copy apart from the database's.", c.Storage.keys().dir)
}

type keysRotateCommand struct {
	Storage storage `embed:""`
}

// Run rotates the files.
func (c *keysRotateCommand) Run(env environment) error {
	keys := c.Storage.keys()
	if err := keys.check(); err != nil {
		return err
	}
	if err := envelope.Rotate(keys.texts()); err != nil {
		return err
	}
	if err := token.Rotate(keys.tokens(), time.Now()); err != nil {
		return err
	}
	return report(env.out, "New keys are in use from the next start on.")
}

func report(w io.Writer, format string, args ...any) error {
	_, err := fmt.Fprintf(w, format+"\n", args...)
	return err
}
