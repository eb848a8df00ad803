package envelope_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"lfpse/internal/envelope"
)

var place = envelope.Place{Record: "5f0c", Revision: 3, Field: "description"}

func newKeyset(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keyset.json")
	if err := envelope.Create(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, path string) *envelope.Sealer {
	t.Helper()
	sealer, err := envelope.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return sealer
}

func seal(t testing.TB, s *envelope.Sealer, text string) []byte {
	t.Helper()
	sealed, err := s.Seal([]byte(text), place.AssociatedData())
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestWhatIsSealedOpensInItsPlace(t *testing.T) {
	sealer := open(t, newKeyset(t))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.Byte()).Draw(t, "text")
		aad := rapid.SliceOf(rapid.Byte()).Draw(t, "aad")
		sealed, err := sealer.Seal(text, aad)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 8 && bytes.Contains(sealed, text) {
			t.Fatal("the sealed bytes hold the text")
		}
		opened, err := sealer.Open(sealed, aad)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(opened, text) {
			t.Fatalf("opened %q, sealed %q", opened, text)
		}
	})
}

func TestSealedTextOpensNowhereElse(t *testing.T) {
	sealer := open(t, newKeyset(t))
	sealed := seal(t, sealer, "slipped on a wet floor")
	elsewhere := map[string]envelope.Place{
		"record":   {Record: "5f0d", Revision: 3, Field: "description"},
		"revision": {Record: "5f0c", Revision: 4, Field: "description"},
		"field":    {Record: "5f0c", Revision: 3, Field: "actions"},
	}
	for what, other := range elsewhere {
		if _, err := sealer.Open(sealed, other.AssociatedData()); !errors.Is(err, envelope.ErrOpen) {
			t.Errorf("another %s: got %v, want ErrOpen", what, err)
		}
	}
	stranger := open(t, newKeyset(t))
	if _, err := stranger.Open(sealed, place.AssociatedData()); !errors.Is(err, envelope.ErrOpen) {
		t.Errorf("another keyset: got %v, want ErrOpen", err)
	}
}

func TestNoTwoPlacesShareTheirBytes(t *testing.T) {
	gen := rapid.Custom(func(t *rapid.T) envelope.Place {
		return envelope.Place{
			Record:   rapid.StringOfN(rapid.RuneFrom([]rune("a\x00\x01")), 0, 12, -1).Draw(t, "record"),
			Revision: rapid.IntRange(0, 2).Draw(t, "revision"),
			Field:    rapid.StringOfN(rapid.RuneFrom([]rune("a\x00\x01")), 0, 12, -1).Draw(t, "field"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := gen.Draw(t, "a"), gen.Draw(t, "b")
		if same := bytes.Equal(a.AssociatedData(), b.AssociatedData()); same != (a == b) {
			t.Fatalf("%+v and %+v: bytes equal is %v", a, b, same)
		}
	})
}

func TestEveryChangedByteIsNoticed(t *testing.T) {
	sealer := open(t, newKeyset(t))
	sealed := seal(t, sealer, "slipped")
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := sealer.Open(changed, place.AssociatedData()); err == nil {
			t.Errorf("byte %d changed and the text opened all the same", i)
		}
	}
	for n := range len(sealed) {
		if _, err := sealer.Open(sealed[:n], place.AssociatedData()); err == nil {
			t.Errorf("cut to %d bytes and the text opened all the same", n)
		}
	}
}

func TestARecordIsSealedUnderOneKeyAndOpensFieldByField(t *testing.T) {
	sealer := open(t, newKeyset(t))
	record := envelope.Place{Record: "5f0c", Revision: 1}
	fields := []envelope.Field{{Name: "description", Data: []byte("fell")}, {Name: "actions", Data: nil}, {Name: "notes", Data: []byte("call bell moved")}}
	sealed, err := sealer.SealRecord(record, fields)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := sealer.OpenRecord(record, sealed)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range fields {
		if opened[i].Name != f.Name || !bytes.Equal(opened[i].Data, f.Data) {
			t.Errorf("field %d: opened %+v, want %+v", i, opened[i], f)
		}
		alone := envelope.Place{Record: "5f0c", Revision: 1, Field: f.Name}
		if got, err := sealer.Open(sealed[i].Data, alone.AssociatedData()); err != nil || !bytes.Equal(got, f.Data) {
			t.Errorf("field %d alone: %q, %v", i, got, err)
		}
	}
	sealed[0].Data, sealed[2].Data = sealed[2].Data, sealed[0].Data
	if _, err := sealer.OpenRecord(record, sealed); !errors.Is(err, envelope.ErrOpen) {
		t.Errorf("fields swapped: got %v, want ErrOpen", err)
	}
}

func TestErrorsSayNothingOfTheText(t *testing.T) {
	sealer := open(t, newKeyset(t))
	sealed, err := sealer.SealRecord(envelope.Place{Record: "a"}, []envelope.Field{{Name: "Mrs Quillfeather", Data: []byte("Quillfeather")}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = sealer.OpenRecord(envelope.Place{Record: "b"}, sealed)
	if err == nil || strings.Contains(err.Error(), "Quillfeather") {
		t.Errorf("got %v, want an error without the name", err)
	}
}

func TestRotationKeepsWhatIsOldReadable(t *testing.T) {
	path := newKeyset(t)
	first := open(t, path)
	old := seal(t, first, "before")
	if err := envelope.Rotate(path); err != nil {
		t.Fatal(err)
	}
	second := open(t, path)
	if second.Primary() == first.Primary() {
		t.Fatal("the primary key is the same after rotation")
	}
	if got, err := second.Open(old, place.AssociatedData()); err != nil || string(got) != "before" {
		t.Errorf("old text: %q, %v", got, err)
	}
	fresh := seal(t, second, "after")
	if _, err := first.Open(fresh, place.AssociatedData()); !errors.Is(err, envelope.ErrOpen) {
		t.Errorf("the keyset of before opened a text of after: %v", err)
	}
	if id, err := envelope.WrappedBy(fresh); err != nil || id != second.Primary() {
		t.Errorf("new text is wrapped by %d (%v), want %d", id, err, second.Primary())
	}
}

func TestRewrapMovesATextToTheNewestKey(t *testing.T) {
	path := newKeyset(t)
	old := seal(t, open(t, path), "before")
	if err := envelope.Rotate(path); err != nil {
		t.Fatal(err)
	}
	sealer := open(t, path)
	moved, err := sealer.Rewrap(old)
	if err != nil {
		t.Fatal(err)
	}
	if id, _ := envelope.WrappedBy(moved); id != sealer.Primary() {
		t.Errorf("wrapped by %d, want the primary %d", id, sealer.Primary())
	}
	if got, err := sealer.Open(moved, place.AssociatedData()); err != nil || string(got) != "before" {
		t.Errorf("moved text: %q, %v", got, err)
	}
}

func TestRotationsAtOnceLoseNoKey(t *testing.T) {
	path := newKeyset(t)
	var sealed [8][]byte
	var wg sync.WaitGroup
	for i := range sealed {
		wg.Go(func() {
			if err := envelope.Rotate(path); err != nil && !errors.Is(err, envelope.ErrRotating) {
				t.Error(err)
			}
			s, err := envelope.Open(path)
			if err != nil {
				t.Error(err)
				return
			}
			if sealed[i], err = s.Seal([]byte("kept"), nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	last := open(t, path)
	for i, text := range sealed {
		if _, err := last.Open(text, nil); err != nil {
			t.Errorf("text %d was sealed by a key that rotation lost: %v", i, err)
		}
	}
}

func TestAnInterruptedRotationIsNamedAndHarmless(t *testing.T) {
	path := newKeyset(t)
	sealed := seal(t, open(t, path), "kept")
	if err := os.WriteFile(path+".next", []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := envelope.Rotate(path); !errors.Is(err, envelope.ErrRotating) {
		t.Errorf("got %v, want ErrRotating", err)
	}
	if _, err := open(t, path).Open(sealed, place.AssociatedData()); err != nil {
		t.Error(err)
	}
}

func TestTheKeysetFileIsPrivateAndNeverOverwritten(t *testing.T) {
	path := newKeyset(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := envelope.Create(path); !errors.Is(err, envelope.ErrExists) {
		t.Errorf("creating again: got %v, want ErrExists", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("creating again changed the file")
	}
	if err := envelope.Rotate(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o after rotation, want 600", info.Mode().Perm())
	}
	for _, mode := range []os.FileMode{0o604, 0o620, 0o666} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := envelope.Open(path); !errors.Is(err, envelope.ErrPermissions) {
			t.Errorf("mode %o: got %v, want ErrPermissions", mode, err)
		}
	}
}

func TestATruncatedKeysetIsAnErrorByName(t *testing.T) {
	path := newKeyset(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(bytes.TrimSpace(whole)) {
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := envelope.Open(path)
		if !errors.Is(err, envelope.ErrKeyset) {
			t.Fatalf("cut to %d of %d bytes: got %v, want ErrKeyset", n, len(whole), err)
		}
		if !strings.Contains(err.Error(), path) {
			t.Fatalf("the error does not name the file: %v", err)
		}
	}
	if _, err := envelope.Open(path + ".absent"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent file: got %v, want ErrNotExist", err)
	}
}
