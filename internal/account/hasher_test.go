package account

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lfpse/internal/fault"
)

// light is as little work as Argon2id can be.
func light() Params { return Params{Memory: 8, Passes: 1, Lanes: 1} }

func newHasher(t *testing.T, p Params, concurrent int) *Hasher {
	t.Helper()
	h, err := NewHasher(p, concurrent)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func hash(t *testing.T, h *Hasher, password string) string {
	t.Helper()
	hashed, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	return hashed
}

func TestAPasswordIsVerifiedByItsHash(t *testing.T) {
	h := newHasher(t, OWASPParams(), 1)
	hashed := hash(t, h, "correct horse battery staple")
	if !strings.HasPrefix(hashed, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Error("not the form or the parameters that are wanted")
	}
	for password, want := range map[string]bool{
		"correct horse battery staple":  true,
		"correct horse battery stapler": false,
		"Correct horse battery staple":  false,
		"":                              false,
	} {
		ok, outdated, err := h.Verify(t.Context(), hashed, password)
		if err != nil || ok != want || outdated {
			t.Errorf("%q: ok %v, outdated %v, %v", password, ok, outdated, err)
		}
	}
}

func TestTwoHashesOfAPasswordDiffer(t *testing.T) {
	h := newHasher(t, light(), 1)
	if hash(t, h, "correct horse battery staple") == hash(t, h, "correct horse battery staple") {
		t.Error("they are alike: whoever reads them sees who shares a password")
	}
}

func TestAnAccentIsTheSameFromEveryKeyboard(t *testing.T) {
	h := newHasher(t, light(), 1)
	ok, _, err := h.Verify(t.Context(), hash(t, h, "caf\u00e9 au lait"), "cafe\u0301 au lait")
	if err != nil || !ok {
		t.Errorf("ok %v, %v", ok, err)
	}
}

func TestAHashOfOtherParametersIsVerifiedAndOutdated(t *testing.T) {
	hashed := hash(t, newHasher(t, light(), 1), "correct horse battery staple")
	ok, outdated, err := newHasher(t, Params{Memory: 16, Passes: 2, Lanes: 1}, 1).Verify(t.Context(), hashed, "correct horse battery staple")
	if err != nil || !ok || !outdated {
		t.Errorf("ok %v, outdated %v, %v", ok, outdated, err)
	}
}

func TestHashesThatAreNotVerified(t *testing.T) {
	good := hash(t, newHasher(t, light(), 1), "correct horse battery staple")
	change := func(from, to string) string { return strings.Replace(good, from, to, 1) }
	for name, hashed := range map[string]string{
		"nothing":             "",
		"a bare password":     "correct horse battery staple",
		"another algorithm":   change("argon2id", "argon2i"),
		"another version":     change("v=19", "v=16"),
		"no work":             change("t=1", "t=0"),
		"too much memory":     change("m=8,", "m=4294967295,"),
		"too many passes":     change("t=1", "t=1000"),
		"no lanes":            change("p=1", "p=0"),
		"a salt not base64":   good[:strings.LastIndex(good, "$")] + "*" + good[strings.LastIndex(good, "$"):],
		"an empty key":        good[:strings.LastIndex(good, "$")+1],
		"something behind it": good + "$more",
	} {
		t.Run(name, func(t *testing.T) {
			h := newHasher(t, light(), 1)
			work := h.Watch()
			ok, _, err := h.Verify(t.Context(), hashed, "correct horse battery staple")
			if ok || err == nil {
				t.Errorf("ok %v, %v", ok, err)
			}
			if work.Times.Load() != 0 {
				t.Error("it was worked on")
			}
		})
	}
}

func TestParametersThatAreRefused(t *testing.T) {
	for name, p := range map[string]Params{
		"nothing":         {},
		"no passes":       {Memory: 8, Lanes: 1},
		"too much memory": {Memory: 1 << 30, Passes: 1, Lanes: 1},
		"too little":      {Memory: 8, Passes: 1, Lanes: 2},
	} {
		if _, err := NewHasher(p, 1); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := NewHasher(light(), 0); err == nil {
		t.Error("no hash at a time: accepted")
	}
}

func TestNoMoreHashesAtOnceThanAllowed(t *testing.T) {
	const allowed, asked = 3, 40
	h := newHasher(t, light(), allowed)
	var running, most atomic.Int64
	h.derive = func(_, _ []byte, _, _ uint32, _ uint8, length uint32) []byte {
		now := running.Add(1)
		defer running.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		time.Sleep(time.Millisecond)
		return make([]byte, length)
	}
	var wait sync.WaitGroup
	for range asked {
		wait.Go(func() {
			if _, err := h.Hash(t.Context(), "correct horse battery staple"); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if most.Load() != allowed {
		t.Errorf("%d at once, want %d", most.Load(), allowed)
	}
}

func TestWhoeverWaitsTooLongToHashIsToldToComeBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHasher(t, light(), 1)
		if err := h.turns.Acquire(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		_, err := h.Hash(t.Context(), "correct horse battery staple")
		if fault.KindOf(err) != fault.RateLimited {
			t.Errorf("got %v", err)
		}
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := h.Hash(cancelled, "correct horse battery staple"); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who has gone: %v", err)
		}
	})
}

func BenchmarkHash(b *testing.B) {
	h, err := NewHasher(OWASPParams(), 1)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.Hash(b.Context(), "correct horse battery staple"); err != nil {
			b.Fatal(err)
		}
	}
}
