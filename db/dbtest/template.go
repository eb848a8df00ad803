//go:build unix

package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"

	"lfpse/db"
	"lfpse/db/migrations"
)

// template is what databases are copied from.
type template struct {
	keys  []string
	loads []func(context.Context, *db.DB) error
	hash  string // of the migrations and the keys
}

func newTemplate(opts []Option) (*template, error) {
	t := new(template)
	for _, o := range opts {
		o(t)
	}
	var err error
	t.hash, err = hashOf(migrations.Files, t.keys)
	return t, err
}

func (t *template) name() string { return "lfpse_template_" + t.hash }

// hashOf is a hash of the migrations, names and contents, and of the keys of
// what is loaded after them.
func hashOf(files fs.FS, keys []string) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		fmt.Fprintf(h, "%q %q\n", path, content)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading the migrations: %w", err)
	}
	fmt.Fprintf(h, "%q", keys)
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

// ensure makes a template unless it exists. Of several processes that want it
// one makes it, and the others wait.
func (r *run) ensure(ctx context.Context, t *template) error {
	if _, ok := r.made.Load(t.name()); ok {
		return nil
	}
	conn, err := r.connect(ctx)
	if err != nil {
		return err
	}
	// The lock ends with the connection.
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(hashtext($1))", t.name()); err != nil {
		return fmt.Errorf("waiting for its maker: %w", err)
	}
	var exists bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", t.name()).Scan(&exists); err != nil {
		return fmt.Errorf("looking for it: %w", err)
	}
	if !exists {
		if err := r.make(ctx, conn, t); err != nil {
			return err
		}
	}
	r.made.Store(t.name(), true)
	return nil
}

// make makes a template under another name, and gives it its own when it is
// complete.
func (r *run) make(ctx context.Context, conn *pgx.Conn, t *template) error {
	half := t.name() + "_half"
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + half + " WITH (FORCE)",
		"CREATE DATABASE " + half + " TEMPLATE template0",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("beginning it: %w", err)
		}
	}
	if err := t.fill(ctx, r.url(half)); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "ALTER DATABASE "+half+" RENAME TO "+t.name()); err != nil {
		return fmt.Errorf("giving it its name: %w", err)
	}
	return nil
}

// fill brings an empty database to what the template is to hold.
func (t *template) fill(ctx context.Context, url string) (err error) {
	d, err := db.Open(ctx, url, db.WithApplicationName("lfpse test template"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if _, err := db.MigrateUp(ctx, d); err != nil {
		return err
	}
	if err := db.EnsureServiceRole(ctx, d); err != nil {
		return err
	}
	for i, load := range t.loads {
		if err := load(ctx, d); err != nil {
			return fmt.Errorf("loading %s: %w", t.keys[i], err)
		}
	}
	// Without statistics the first plans of every copy would be guesses.
	if _, err := d.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("gathering statistics: %w", err)
	}
	return nil
}
