package client

import (
	"strings"
	"testing"
)

func TestAKeyIsKnownByItsBeginningAndItsChecksum(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		key, err := newKey()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(key, "lfpse_") || len(key) != keyLength || !IsKey(key) {
			t.Fatalf("a key of %d characters is none", len(key))
		}
		if seen[key] {
			t.Fatal("a key is drawn twice")
		}
		seen[key] = true
	}
}

func TestWhatWasNeverIssuedIsNoKey(t *testing.T) {
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	other := byte('a')
	if key[20] == other {
		other = 'b'
	}
	for name, token := range map[string]string{
		"nothing":            "",
		"another token":      "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
		"cut short":          key[:len(key)-1],
		"too long":           key + "0",
		"one digit changed":  key[:20] + string(other) + key[21:],
		"another beginning":  "LFPSE_" + key[6:],
		"beginning alone":    "lfpse_",
		"checksum of itself": "lfpse_" + strings.Repeat("0", secretDigits+checksumDigits),
	} {
		if IsKey(token) {
			t.Errorf("%s is a key", name)
		}
	}
}

func TestWhatIsShownOfAKeyIsLittle(t *testing.T) {
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	if prefix := shown(key); !strings.HasPrefix(key, prefix) || len(prefix) != len("lfpse_")+4 {
		t.Errorf("%d characters are shown", len(prefix))
	}
}
