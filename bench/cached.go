package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// known is the geography, which limit-cached does not ask for again.
type known struct {
	organisations map[string]organisation
	icbs          []icb
}

type named struct {
	Name string `json:"name"`
}

type organisation struct {
	Name string `json:"name"`
	ICB  struct {
		Name   string `json:"name"`
		Region named  `json:"region"`
	} `json:"icb"`
}

type icb struct {
	name    string
	members []member
}

type member struct{ code, name string }

// pageOfOrganisations is how many organisations of an ICB are shown.
const pageOfOrganisations = 25

func learn(ctx context.Context, pool *pgxpool.Pool) (*known, error) {
	rows, err := pool.Query(ctx, `SELECT o.code, o.name, i.name, r.name FROM bench.organisation AS o
		JOIN bench.icb AS i ON i.code = o.icb JOIN bench.region AS r ON r.code = i.region ORDER BY i.code, o.name`)
	if err != nil {
		return nil, fmt.Errorf("reading the geography: %w", err)
	}
	k := &known{organisations: map[string]organisation{}}
	var code string
	var o organisation
	_, err = pgx.ForEachRow(rows, []any{&code, &o.Name, &o.ICB.Name, &o.ICB.Region.Name}, func() error {
		k.organisations[code] = o
		if len(k.icbs) == 0 || k.icbs[len(k.icbs)-1].name != o.ICB.Name {
			k.icbs = append(k.icbs, icb{name: o.ICB.Name})
		}
		last := &k.icbs[len(k.icbs)-1]
		if len(last.members) < pageOfOrganisations {
			last.members = append(last.members, member{code, o.Name})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the geography: %w", err)
	}
	return k, nil
}

type review struct {
	Status   string `json:"status"`
	Reviewer named  `json:"reviewer"`
}

type shown struct {
	Reference    string       `json:"reference"`
	Kind         string       `json:"kind"`
	OccurredOn   *string      `json:"occurredOn"`
	RecordedAt   time.Time    `json:"recordedAt"`
	PhysicalHarm *string      `json:"physicalHarm"`
	Organisation organisation `json:"organisation"`
	Reporter     *named       `json:"reporter"`
	Reviews      []review     `json:"reviews"`
}

// dashboard is W1 from plain rows.
func (y *yard) dashboard(ctx context.Context, args []any) ([]byte, error) {
	rows, err := y.pool.Query(ctx, statement("limit-cached/W1"), args...)
	if err != nil {
		return nil, err
	}
	events, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (shown, error) {
		var s shown
		var code string
		var reporter *string
		var states, reviewers []string
		err := row.Scan(&s.Reference, &s.Kind, &s.OccurredOn, &s.RecordedAt, &s.PhysicalHarm, &code, &reporter, &states, &reviewers)
		s.Organisation = y.known.organisations[code]
		if reporter != nil {
			s.Reporter = &named{*reporter}
		}
		s.Reviews = make([]review, len(states))
		for i := range states {
			s.Reviews[i] = review{states[i], named{reviewers[i]}}
		}
		return s, err
	})
	if err != nil {
		return nil, err
	}
	return json.Marshal(events)
}

type brief struct {
	Reference    string  `json:"reference"`
	OccurredOn   *string `json:"occurredOn"`
	PhysicalHarm *string `json:"physicalHarm"`
}

type membersEvents struct {
	Name   string  `json:"name"`
	Events []brief `json:"events"`
}

type icbsEvents struct {
	Name          string          `json:"name"`
	Organisations []membersEvents `json:"organisations"`
}

// everywhere is W5 from plain rows.
func (y *yard) everywhere(ctx context.Context, args []any) ([]byte, error) {
	var codes []string
	for _, i := range y.known.icbs {
		for _, m := range i.members {
			codes = append(codes, m.code)
		}
	}
	rows, err := y.pool.Query(ctx, statement("limit-cached/W5"), append([]any{codes}, args...)...)
	if err != nil {
		return nil, err
	}
	latest := map[string][]brief{}
	var code string
	var b brief
	if _, err := pgx.ForEachRow(rows, []any{&code, &b.Reference, &b.OccurredOn, &b.PhysicalHarm}, func() error {
		latest[code] = append(latest[code], b)
		return nil
	}); err != nil {
		return nil, err
	}
	out := make([]icbsEvents, len(y.known.icbs))
	for n, i := range y.known.icbs {
		out[n] = icbsEvents{Name: i.name, Organisations: make([]membersEvents, len(i.members))}
		for at, m := range i.members {
			out[n].Organisations[at] = membersEvents{m.name, latest[m.code]}
		}
	}
	return json.Marshal(out)
}

type found struct {
	Reference  string    `json:"reference"`
	RecordedAt time.Time `json:"recordedAt"`
	rank       float32
	Highlight  string `json:"highlight"`
}

// search is W7's statement, bare.
func (y *yard) search(ctx context.Context, args []any) ([]byte, error) {
	rows, err := y.pool.Query(ctx, statement("bare/W7"), args...)
	if err != nil {
		return nil, err
	}
	events, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (f found, err error) {
		return f, row.Scan(&f.Reference, &f.RecordedAt, &f.rank, &f.Highlight)
	})
	if err != nil {
		return nil, err
	}
	return json.Marshal(events)
}
