package event

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// forgetful is a store that notes when receipts are forgotten, and fails at
// first.
type forgetful struct {
	Store
	at []time.Time
}

func (f *forgetful) ForgetReceipts(_ context.Context, now time.Time) error {
	f.at = append(f.at, now)
	if len(f.at) == 1 {
		return errors.New("the database is away")
	}
	return nil
}

// Receipts are forgotten at the start and every interval, whether or not there
// are further events, and whatever went wrong before.
func TestReceiptsAreForgottenInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &forgetful{}
		s := NewService(Options{Store: store, Now: time.Now})
		var log strings.Builder
		ctx, stop := context.WithTimeout(t.Context(), 150*time.Minute)
		defer stop()
		start := time.Now()
		s.ForgetReceipts(ctx, time.Hour, slog.New(slog.NewTextHandler(&log, nil)))
		if len(store.at) != 3 {
			t.Fatalf("in two hours and a half they were forgotten at %v", store.at)
		}
		for i, at := range store.at {
			if want := start.Add(time.Duration(i) * time.Hour); !at.Equal(want) {
				t.Errorf("they were forgotten at %v, not %v", at, want)
			}
		}
		if strings.Count(log.String(), "\n") != 1 {
			t.Errorf("it is logged: %s", &log)
		}
	})
}
