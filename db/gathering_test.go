package db

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// board answers each question with the question, and keeps what was asked together.
type board struct {
	mu    sync.Mutex
	asked [][]int
	held  chan struct{} // each statement waits for it, where there is one
	fails int           // fails, and what is asked with it; 0 for none
}

func (b *board) read(_ context.Context, questions []int) ([]int, error) {
	b.mu.Lock()
	b.asked = append(b.asked, questions)
	b.mu.Unlock()
	if b.held != nil {
		<-b.held
	}
	if slices.Contains(questions, b.fails) {
		return nil, errors.New("of this nothing is known")
	}
	return questions, nil
}

// ask asks in a goroutine of its own, as a request does.
func (b *board) ask(ctx context.Context, g *gathering[int, int], question int) <-chan error {
	answered := make(chan error, 1)
	go func() {
		answer, err := g.ask(ctx, question)
		if err == nil && answer != question {
			err = errors.New("the answer is another's")
		}
		answered <- err
	}()
	synctest.Wait()
	return answered
}

func TestWhoComesAloneIsAskedAtOnce(t *testing.T) {
	b := &board{}
	g := &gathering[int, int]{read: b.read, patience: time.Hour}
	for i := 1; i <= 3; i++ {
		if answer, err := g.ask(t.Context(), i); err != nil || answer != i {
			t.Errorf("answered %d, %v", answer, err)
		}
	}
	if len(b.asked) != 3 {
		t.Errorf("asked %v", b.asked)
	}
}

func TestThoseWhoComeMeanwhileAreAskedTogetherAfterwards(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{held: make(chan struct{})}
		g := &gathering[int, int]{read: b.read, patience: time.Hour}
		var all []<-chan error
		for i := 1; i <= 4; i++ {
			all = append(all, b.ask(t.Context(), g, i))
		}
		if len(b.asked) != 1 {
			t.Fatalf("%v are asked while the first is on its way", b.asked)
		}
		b.held <- struct{}{}
		synctest.Wait()
		all = append(all, b.ask(t.Context(), g, 5)) // comes when the second is on its way
		if want := []int{2, 3, 4}; len(b.asked) != 2 || !slices.Equal(b.asked[1], want) {
			t.Fatalf("asked %v", b.asked)
		}
		close(b.held)
		for i, answered := range all {
			if err := <-answered; err != nil {
				t.Errorf("question %d: %v", i, err)
			}
		}
		if len(b.asked) != 3 || !slices.Equal(b.asked[2], []int{5}) {
			t.Errorf("asked %v", b.asked)
		}
	})
}

func TestWhatFailsOfManyIsAskedOfEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{held: make(chan struct{}), fails: 2}
		g := &gathering[int, int]{read: b.read, patience: time.Hour}
		first, second, third := b.ask(t.Context(), g, 1), b.ask(t.Context(), g, 2), b.ask(t.Context(), g, 3)
		close(b.held)
		if one, two, three := <-first, <-second, <-third; one != nil || two == nil || three != nil {
			t.Errorf("answered %v, %v, %v", one, two, three)
		}
	})
}

func TestAStatementThatDoesNotComeBackHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{held: make(chan struct{})}
		g := &gathering[int, int]{read: b.read, patience: time.Minute}
		stuck := b.ask(t.Context(), g, 1)
		waits := b.ask(t.Context(), g, 2)
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(b.asked) != 2 || !slices.Equal(b.asked[1], []int{2}) {
			t.Errorf("asked %v", b.asked)
		}
		close(b.held)
		if one, two := <-stuck, <-waits; one != nil || two != nil {
			t.Errorf("answered %v, %v", one, two)
		}
	})
}

func TestWhoGoesAwayWaitsNoLongerAndTakesNothingFromOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{held: make(chan struct{})}
		g := &gathering[int, int]{read: b.read, patience: time.Hour}
		first := b.ask(t.Context(), g, 1)
		ctx, leave := context.WithCancel(t.Context())
		gone, stays := b.ask(ctx, g, 2), b.ask(t.Context(), g, 3)
		leave()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("who went away is told %v", err)
		}
		close(b.held)
		if one, three := <-first, <-stays; one != nil || three != nil {
			t.Errorf("answered %v, %v", one, three)
		}
	})
}

func TestAStatementThatPanicsLeavesNobodyWaiting(t *testing.T) {
	b := &board{}
	g := &gathering[int, int]{read: func(context.Context, []int) ([]int, error) { panic("broken") }, patience: time.Hour}
	func() {
		defer func() { recover() }() //nolint:errcheck // what it was is not what this is about
		g.ask(t.Context(), 1)        //nolint:errcheck // it panics
	}()
	g.read = b.read
	if answer, err := g.ask(t.Context(), 2); err != nil || answer != 2 {
		t.Errorf("answered %d, %v", answer, err)
	}
}
