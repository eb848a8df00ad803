package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// source is a source event stream that a test writes to.
type source struct {
	events chan any
	opened int
	args   map[string]any
	ctx    context.Context
}

func (s *source) open(ctx context.Context, args map[string]any) (<-chan any, error) {
	s.opened++
	s.ctx, s.args = ctx, args
	return s.events, nil
}

// messagesService is the specification's chat room.
func (s *source) service() service {
	return service{
		sdl: `
			type Query { x: Int }
			type Subscription {
				newMessage(roomId: Int! = 0): Message
				mustMessage: Message!
				texts: [String!]
				refused: Message
				refusedStrictly: Message!
				none: Message
			}
			type Message { sender: String text: String! self: Message }
		`,
		streams: map[string]stream{
			"newMessage": s.open, "mustMessage": s.open, "texts": s.open,
			"refused":         func(context.Context, map[string]any) (<-chan any, error) { return nil, errors.New("swordfish") },
			"refusedStrictly": func(context.Context, map[string]any) (<-chan any, error) { return nil, errors.New("swordfish") },
			"none":            func(context.Context, map[string]any) (<-chan any, error) { return nil, nil },
		},
	}
}

// subscribe begins a subscription: next answers its responses one by one.
func (s service) subscribe(ctx context.Context, t *testing.T, r request) (next func() string) {
	t.Helper()
	exec := s.executor(t)
	op, errs := exec.CreateOperationContext(ctx, r.params(t))
	if errs != nil {
		responses := graphql.OneShot(exec.DispatchError(ctx, errs))
		return func() string { return text(t, responses(ctx)) }
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	return func() string { return text(t, responses(ctx)) }
}

func newSource(events ...any) *source {
	s := &source{events: make(chan any, len(events))}
	for _, e := range events {
		s.events <- e
	}
	close(s.events)
	return s
}

// 6.2.3.1 CreateSourceEventStream: one root field, its arguments coerced, its resolver
// asked for the stream, once.
func TestSpecCreateSourceEventStream(t *testing.T) {
	ctx := context.Background()
	t.Run("the resolver is asked once, with the arguments", func(t *testing.T) {
		s := newSource(object{"sender": "Hagrid"}, object{"sender": "Ron"})
		next := s.service().subscribe(ctx, t, with(`subscription($r: Int!) { m: newMessage(roomId: $r) { sender } }`, `{"r": 123}`))
		for _, want := range []string{data(`{"m":{"sender":"Hagrid"}}`), data(`{"m":{"sender":"Ron"}}`), "end"} {
			if got := next(); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
		if s.opened != 1 || s.args["roomId"] != int64(123) {
			t.Errorf("opened %d times, with %v", s.opened, s.args)
		}
	})
	only := `Anonymous Subscription must select only one top level field.`
	for _, e := range []example{
		{"two root fields", query(`subscription { newMessage { sender } mustMessage { sender } }`), requestError(invalid(38, "%s", only))},
		{"two root fields, in a fragment", query(`subscription { ...F } fragment F on Subscription { newMessage { sender } mustMessage { sender } }`),
			requestError(invalid(74, "%s", only))},
		{"one field under two names", query(`subscription { a: newMessage { sender } b: newMessage { sender } }`),
			`{"errors":[{"message":"a subscription must select exactly one field of the root"}]}`},
		{"no root field", query(`subscription { newMessage @skip(if: true) { sender } }`),
			`{"errors":[{"message":"a subscription must select exactly one field of the root"}]}`},
		{"an introspection field", query(`subscription { __typename }`),
			requestError(invalid(16, "Anonymous Subscription must not select an introspection top level field."))},
		{"arguments that cannot be coerced", with(`subscription($r: Int = 1) { newMessage(roomId: $r) { sender } }`, `{"r": null}`),
			refused(failed(29, `"newMessage"`, "argument roomId: a value that is not null expected"))},
		{"variables that cannot be coerced", with(`subscription($r: Int!) { newMessage(roomId: $r) { sender } }`, `{}`),
			requestError(unplaced("variable $r: a value expected"))},
		// There is no event, and so no execution that data could be the answer of; the error is of the field.
		{"a stream that is refused", query(`subscription { m: refused { sender } }`), refused(failed(16, `"m"`, internal))},
		{"a stream that is refused, non-null", query(`subscription { refusedStrictly { sender } }`), refused(failed(16, `"refusedStrictly"`, internal))},
		{"no stream", query(`subscription { none { sender } }`), refused(failed(16, `"none"`, mustBe))},
	} {
		t.Run(e.name, func(t *testing.T) {
			s := newSource(object{"sender": "nobody"})
			next := s.service().subscribe(ctx, t, e.request)
			if got := next(); got != e.want {
				t.Errorf("\n got %s\nwant %s", got, e.want)
			}
			if got := next(); got != "end" {
				t.Errorf("after the error came %s", got)
			}
			if s.opened != 0 {
				t.Error("a stream was opened")
			}
		})
	}
	t.Run("one name of two selections, merged", func(t *testing.T) {
		next := newSource(object{"sender": "Ron", "text": "Hi"}).service().subscribe(ctx, t,
			query(`subscription { newMessage { sender } ...F } fragment F on Subscription { newMessage { text } }`))
		if got, want := next(), data(`{"newMessage":{"sender":"Ron","text":"Hi"}}`); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// 6.2.3.2 MapSourceToResponseEvent: one response per event, in order; the response
// stream ends when the source does.
func TestSpecMapSourceToResponseEvent(t *testing.T) {
	s := newSource(object{"text": "one"}, object{"text": "two"}, object{"text": "three"})
	next := s.service().subscribe(context.Background(), t, query(`subscription { newMessage { text } }`))
	for _, want := range []string{
		data(`{"newMessage":{"text":"one"}}`), data(`{"newMessage":{"text":"two"}}`), data(`{"newMessage":{"text":"three"}}`), "end", "end",
	} {
		if got := next(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// 6.2.3.2 ExecuteSubscriptionEvent: each event is the root value of an execution of its
// own, normal, with errors of its own. A failed event does not end the stream.
func TestSpecExecuteSubscriptionEvent(t *testing.T) {
	for _, tt := range []struct {
		name, query string
		events      []any
		want        []string
	}{
		{"errors are those of their event", `subscription { newMessage { sender text } }`,
			[]any{object{"text": "a"}, object{"sender": "Ron"}, object{"text": "c"}, nil},
			[]string{data(`{"newMessage":{"sender":null,"text":"a"}}`),
				partly(`{"newMessage":null}`, failed(36, `"newMessage","text"`, mustBe)),
				data(`{"newMessage":{"sender":null,"text":"c"}}`), data(`{"newMessage":null}`)}},
		{"a null that must not be", `subscription { mustMessage { text } }`, []any{nil, object{"text": "b"}, object{}},
			[]string{partly(`null`, failed(16, `"mustMessage"`, mustBe)), data(`{"mustMessage":{"text":"b"}}`),
				partly(`null`, failed(30, `"mustMessage","text"`, mustBe))}},
		{"a list of leaves", `subscription { t: texts }`, []any{[]any{"a", "b"}, []any{}, nil, []any{nil}},
			[]string{data(`{"t":["a","b"]}`), data(`{"t":[]}`), data(`{"t":null}`), partly(`{"t":null}`, failed(16, `"t",0`, mustBe))}},
		{"names of types below the root", `subscription { newMessage { __typename self { __typename } } }`, []any{object{"self": object{}}},
			[]string{data(`{"newMessage":{"__typename":"Message","self":{"__typename":"Message"}}}`)}},
	} {
		for _, way := range ways {
			t.Run(tt.name+" "+string(way), func(t *testing.T) {
				s := newSource(tt.events...).service()
				s.way = way
				next := s.subscribe(context.Background(), t, query(tt.query))
				for _, want := range append(tt.want, "end") {
					if got := next(); got != want {
						t.Errorf("\n got %s\nwant %s", got, want)
					}
				}
			})
		}
	}
}

// 6.2.3.3 Unsubscribe: cancelling the response stream cancels the source stream.
func TestSpecUnsubscribe(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &source{events: make(chan any, 1)}
	next := s.service().subscribe(ctx, t, query(`subscription { newMessage { text } }`))
	s.events <- object{"text": "one"}
	if got, want := next(), data(`{"newMessage":{"text":"one"}}`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if s.ctx.Err() != nil {
		t.Error("the source stream is cancelled though somebody listens")
	}
	cancel()
	if s.ctx.Err() == nil {
		t.Error("the source stream is not cancelled with the response stream")
	}
	if got := next(); got != "end" {
		t.Errorf("after cancellation came %s", got)
	}
}
