package db

import (
	"context"
	"sync"
	"time"
)

const (
	// patience is how long a question waits to be asked with others before it is
	// asked alone: a statement that does not come back holds nobody up for longer.
	patience = 50 * time.Millisecond
	// togetherTime bounds how long questions are asked together.
	togetherTime = 30 * time.Second
)

// gathering asks questions of many requests together. A question that comes while
// none is on its way is asked at once. Those that come meanwhile wait for its answer
// and are then asked in one statement: under load one is sent for many, and without it
// nobody waits. Each is answered by a statement that was sent after it had come, so that
// what was committed before a request began is seen by it.
type gathering[Q, A any] struct {
	read     func(context.Context, []Q) ([]A, error) // answers in the questions' order
	patience time.Duration

	mu      sync.Mutex
	asking  bool // a statement is on its way, and who sent it looks who waits
	waiting []*waiter[Q, A]
}

// waiter is a question that waits.
type waiter[Q, A any] struct {
	ctx      context.Context
	question Q
	answered chan struct{} // closed once answer and err are there
	answer   A
	err      error
}

func (g *gathering[Q, A]) ask(ctx context.Context, question Q) (A, error) {
	w := g.join(ctx, question)
	if w == nil {
		defer g.next()
		return g.alone(ctx, question)
	}
	enough := time.NewTimer(g.patience)
	defer enough.Stop()
	select {
	case <-w.answered:
		if w.err == nil {
			return w.answer, nil
		}
	case <-ctx.Done():
		return w.none(), ctx.Err()
	case <-enough.C:
	}
	return g.alone(ctx, question) // what fails of many may be the fault of one
}

// join answers where a question waits; nil where it is to be asked now.
func (g *gathering[Q, A]) join(ctx context.Context, question Q) *waiter[Q, A] {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.asking {
		g.asking = true
		return nil
	}
	w := &waiter[Q, A]{ctx: ctx, question: question, answered: make(chan struct{})}
	g.waiting = append(g.waiting, w)
	return w
}

func (g *gathering[Q, A]) alone(ctx context.Context, question Q) (answer A, err error) {
	answers, err := g.read(ctx, []Q{question})
	if err != nil {
		return answer, err
	}
	return answers[0], nil
}

// next has those asked who wait.
func (g *gathering[Q, A]) next() {
	g.mu.Lock()
	defer g.mu.Unlock()
	waiting := g.waiting
	g.waiting = nil
	if g.asking = len(waiting) > 0; g.asking {
		go g.together(waiting)
	}
}

// together asks for many. Whoever of them goes away takes no answer from the others.
func (g *gathering[Q, A]) together(waiting []*waiter[Q, A]) {
	defer g.next()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(waiting[0].ctx), togetherTime)
	defer cancel()
	questions := make([]Q, len(waiting))
	for i, w := range waiting {
		questions[i] = w.question
	}
	answers, err := g.read(ctx, questions)
	for i, w := range waiting {
		if w.err = err; err == nil {
			w.answer = answers[i]
		}
		close(w.answered)
	}
}

func (*waiter[Q, A]) none() (none A) { return none }
