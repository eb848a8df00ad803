// Package policies decides who may see and do what, and what law and national
// policy require of an event (see Requirements). The rules are Rego, one
// folder per noun with its tests beside it; this package compiles them once and
// implements authz.Authorizer with them.
//
// Rules about rows are evaluated as far as they go without a row. What is left
// is a condition over the columns of the noun, which is translated to SQL. So a
// rule is asked once per reader, never once per row, and the database counts,
// orders and pages what the reader may see and nothing else.
//
// Whatever no rule allows is denied: an undefined rule, a rule that cannot be
// translated, a failure of the engine.
package policies

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/open-policy-agent/opa/v1/rego"

	"lfpse/internal/authz"
)

//go:embed fields.yaml settings.yaml requirements/*.yaml */*.rego
var files embed.FS

// defaultCacheSize is enough for every reader of a busy hour. A decision takes
// a few kilobytes, one about a region some hundred.
const defaultCacheSize = 10_000

// Options are what an Authorizer needs. Geography is required.
type Options struct {
	Geography authz.Geography
	// Now is the clock; time.Now where nil.
	Now func() time.Time
	// CacheSize is how many decisions are kept, one per reader and noun or
	// action; 10,000 where zero.
	CacheSize int
}

// Authorizer decides by the rules of this package, and keeps its decisions. It
// implements authz.Authorizer and is safe for concurrent use.
type Authorizer struct {
	geography authz.Geography
	now       func() time.Time
	policy    *policy
	nouns     map[authz.Noun]nounQueries
	actions   map[authz.Action]rego.PreparedEvalQuery
	decisions *decisions
}

var _ authz.Authorizer = (*Authorizer)(nil)

// New compiles the rules.
func New(ctx context.Context, opts Options) (*Authorizer, error) {
	p, err := compiled()
	if err != nil {
		return nil, err
	}
	return p.authorizer(ctx, opts)
}

// compiled is the rules that are part of the program: they never change, and
// compiling them takes some hundred milliseconds.
var compiled = sync.OnceValues(func() (*policy, error) { return load(context.Background(), files) })

func open(ctx context.Context, files fs.FS, opts Options) (*Authorizer, error) {
	p, err := load(ctx, files)
	if err != nil {
		return nil, err
	}
	return p.authorizer(ctx, opts)
}

// authorizer prepares the questions that an Authorizer asks of the rules.
func (p *policy) authorizer(ctx context.Context, opts Options) (*Authorizer, error) {
	if opts.Geography == nil {
		return nil, errors.New("policies need a geography")
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.CacheSize == 0 {
		opts.CacheSize = defaultCacheSize
	}
	d, err := newDecisions(opts.CacheSize)
	if err != nil {
		return nil, err
	}
	a := &Authorizer{
		geography: opts.Geography,
		now:       opts.Now,
		policy:    p,
		nouns:     map[authz.Noun]nounQueries{},
		actions:   map[authz.Action]rego.PreparedEvalQuery{},
		decisions: d,
	}
	for _, noun := range nouns() {
		if a.nouns[noun], err = p.prepareNoun(ctx, noun); err != nil {
			return nil, err
		}
		for _, action := range actions(noun) {
			if a.actions[action], err = p.prepareAction(ctx, noun, action); err != nil {
				return nil, err
			}
		}
	}
	return a, nil
}

// Scope answers what a reader may see of a noun, and do with its rows. The
// conditions of Shows and Permits hold of rows that Rows admits; they are never NULL, so that they can be selected
// beside a row. Queries name the noun's table as columns does.
// Arguments are strings and, for the array type text[], []string.
//
// A principal that cannot be, such as an account without an id, is an error.
func (a *Authorizer) Scope(ctx context.Context, p authz.Principal, noun authz.Noun) (authz.Scope, error) {
	d, err := a.decide(ctx, p, string(noun), func(ctx context.Context, r reader) (decision, error) {
		queries, ok := a.nouns[noun]
		if !ok {
			return decision{}, errors.New("no rules for this noun")
		}
		c, err := queries.evaluate(ctx, r.input)
		if err != nil {
			return decision{}, err
		}
		return decision{scope: authz.NewScope(r.principal, noun, c.rows, c.shows, c.permits, r.until)}, nil
	})
	if err != nil {
		return authz.Scope{}, fmt.Errorf("deciding about %s: %w", noun, err)
	}
	return d.scope, nil
}

// May answers whether a principal may do an action that needs no subject. An
// action that no rule speaks of is refused.
func (a *Authorizer) May(ctx context.Context, p authz.Principal, action authz.Action) (bool, error) {
	query, ok := a.actions[action]
	if !ok {
		return false, nil
	}
	d, err := a.decide(ctx, p, string(action), func(ctx context.Context, r reader) (decision, error) {
		results, err := query.Eval(ctx, rego.EvalParsedInput(r.input))
		if err != nil {
			return decision{}, err
		}
		return decision{allowed: results.Allowed()}, nil
	})
	if err != nil {
		return false, fmt.Errorf("deciding about %s: %w", action, err)
	}
	return d.allowed, nil
}

// ClassOf answers the class of a graph field, from fields.yaml.
func (a *Authorizer) ClassOf(object, field string) (authz.Class, bool) {
	class, ok := a.policy.fields[object][field]
	return class, ok
}

// decide answers from the decisions kept, or evaluates.
func (a *Authorizer) decide(ctx context.Context, p authz.Principal, about string,
	evaluate func(context.Context, reader) (decision, error),
) (decision, error) {
	p, err := recognise(p)
	if err != nil {
		return decision{}, err
	}
	if err := a.geography.Reach(ctx, p.Map); err != nil {
		return decision{}, fmt.Errorf("the map is older than it may be: %w", err)
	}
	now := a.now()
	// The version is read before the map: should the map change in between, the
	// decision is kept under a version that nobody asks for again.
	k := key{kind: p.Kind, id: p.ID, grants: p.GrantVersion, holds: holdings(p), areas: a.geography.Version(), about: about}
	return a.decisions.get(ctx, k, now, func(ctx context.Context) (decision, error) {
		r, err := a.read(p, now)
		if err != nil {
			return decision{}, err
		}
		d, err := evaluate(ctx, r)
		d.until = r.until
		return d, err
	})
}

// recognise answers the principal that the rules are asked about.
func recognise(p authz.Principal) (authz.Principal, error) {
	switch p.Kind {
	case "", authz.Anonymous:
		return authz.Principal{Kind: authz.Anonymous}, nil
	case authz.Account, authz.Client:
		if p.ID == uuid.Nil {
			return authz.Principal{}, errors.New("the principal has no id")
		}
		return p, nil
	default:
		return authz.Principal{}, errors.New("the principal is of no known kind")
	}
}
