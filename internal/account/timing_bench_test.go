package account_test

import (
	"math"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/account"
)

// BenchmarkKnownAndUnknownAddresses asks the same of an address that has an
// account and of one that has none, by turns, and prints how the times compare:
// the ratio of their medians, and in how many of a hundred pairs the known
// address takes longer. Fifty is what nobody can tell apart; with n pairs, chance alone
// strays from it by some 60/√n. Hashes are as cheap as they can be, so that they
// hide nothing.
func BenchmarkKnownAndUnknownAddresses(b *testing.B) {
	asks := map[string]func(*world, string) error{
		"signIn": func(w *world, email string) error {
			_, _, err := w.SignIn(b.Context(), account.Credentials{Email: email, Password: "wrong horse battery staple"})
			return err
		},
		"requestPasswordReset": func(w *world, email string) error {
			_, err := w.RequestReset(b.Context(), email, netip.Addr{})
			return err
		},
		"registerAccount": func(w *world, email string) error {
			r := registration()
			r.Email, r.ConfirmEmail = email, email
			_, err := w.Register(b.Context(), *r, netip.Addr{})
			return err
		},
	}
	for name, ask := range asks {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b)
			compare(b, w.strangersToo(b, b.N), func(email string) error { return ask(w, email) })
		})
	}
}

// strangersToo are pairs of an address with an account and one without.
func (w *world) strangersToo(b *testing.B, n int) [][2]string {
	b.Helper()
	hash, err := w.HashPassword(b.Context(), password)
	must(b, err)
	pairs, people := make([][2]string, n), make([]account.NewAccount, n)
	for i := range pairs {
		pairs[i] = [2]string{uuid.NewString() + "@nhs.test", uuid.NewString() + "@nhs.test"}
		people[i] = account.NewAccount{Email: pairs[i][0], FirstName: "Florence", LastName: "Nightingale", PasswordHash: hash}
	}
	_, problems, err := w.Create(b.Context(), people)
	must(b, err)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	return pairs
}

// compare times what is asked of both addresses of each pair; which comes first is
// drawn, since whatever comes in turns, turns up in turns.
func compare(b *testing.B, pairs [][2]string, ask func(email string) error) {
	var times [2][]float64
	longer := 0
	b.ResetTimer()
	for _, pair := range pairs {
		var took [2]time.Duration
		first := rand.IntN(2)
		for _, which := range []int{first, 1 - first} {
			begun := time.Now()
			if err := ask(pair[which]); err != nil {
				b.Fatal(err)
			}
			took[which] = time.Since(begun)
			times[which] = append(times[which], float64(took[which].Nanoseconds()))
		}
		if took[0] > took[1] {
			longer++
		}
	}
	b.ReportMetric(median(times[0])/median(times[1]), "known/unknown")
	b.ReportMetric(math.Round(1000*float64(longer)/float64(len(pairs)))/10, "%known-longer")
	b.ReportMetric(float64(len(pairs)), "pairs")
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
