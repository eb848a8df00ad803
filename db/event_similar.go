package db

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

const (
	// latestCompared is how many of the latest events every event is compared with, whatever words they have.
	latestCompared = 200
	// wordsRead bounds the words of an event that are read; of more, the longest are.
	wordsRead = 200
	// nearCompared is how many events, those with the most alike words, are compared by their answers.
	nearCompared = 100
	// leastAlike is how alike words must be for events to be similar.
	leastAlike = 0.1
)

// compared is the condition that events can be compared for the scope's reader: who is not shown what an event says is
// not told what it is like either.
func compared(scope authz.Scope) schema.QueryWithArgs {
	rows, shows := scopeOf(scope, authz.Events)
	return bun.SafeQuery("(? AND ? AND ? AND e.status NOT IN ('DRAFT', 'WITHDRAWN'))", rows, shows(authz.TextAnonymised), shows(authz.Structured))
}

// wordRow is a word of an event, or, without one, one of the latest events.
type wordRow struct {
	ID         uuid.UUID
	Lexeme     *string
	Among      int
	Everywhere float64
}

// Vocabulary answers the words of events: what is made of their anonymised texts for searching. Numbers are left out. How many of all
// events may have a word is estimated by what PostgreSQL's statistics say of the most common ones; all others are no
// more common than the rarest of those.
func (s *Events) Vocabulary(ctx context.Context, scope authz.Scope, events []uuid.UUID) (event.Vocabulary, error) {
	var found []wordRow
	err := s.db.NewRaw(`WITH latest AS MATERIALIZED (
			SELECT e.id, e.search, e.recorded_at FROM event AS e WHERE ?0 ORDER BY e.recorded_at DESC, e.id DESC LIMIT ?1
		), word AS (
			SELECT e.id, w.lexeme FROM event AS e CROSS JOIN LATERAL (
				SELECT lexeme FROM unnest(tsvector_to_array(e.search)) AS lexeme WHERE lexeme !~ '^[-+0-9.,:/]*$'
				ORDER BY length(lexeme) DESC, lexeme LIMIT ?2
			) AS w WHERE ?0 AND e.id = ANY(?3::uuid[])
		), counted AS (
			SELECT lexeme, count(*) AS among FROM latest CROSS JOIN LATERAL unnest(tsvector_to_array(latest.search)) AS lexeme GROUP BY 1
		), known AS (
			SELECT greatest(c.reltuples, 0) AS events, s.most_common_elems::text::text[] AS words, s.most_common_elem_freqs AS shares
			FROM pg_class AS c JOIN pg_stats AS s ON s.tablename = c.relname AND s.schemaname = c.relnamespace::regnamespace::text
			WHERE c.oid = 'event'::regclass AND s.attname = 'search' AND NOT s.inherited
		), common AS (
			SELECT w.lexeme, w.share * known.events AS everywhere FROM known, unnest(words, shares) AS w (lexeme, share)
		)
		(SELECT id, NULL AS lexeme, 0 AS among, 0::float8 AS everywhere FROM latest ORDER BY recorded_at DESC, id DESC)
		UNION ALL
		SELECT word.id, word.lexeme, coalesce(counted.among, 0), coalesce(common.everywhere, (SELECT shares[cardinality(words) + 1] * events FROM known), 0)
		FROM word LEFT JOIN counted USING (lexeme) LEFT JOIN common USING (lexeme)`,
		compared(scope), latestCompared, wordsRead, uuids(events)).Scan(ctx, &found)
	if err != nil {
		return event.Vocabulary{}, err
	}
	return vocabularyOf(found), nil
}

func vocabularyOf(rows []wordRow) event.Vocabulary {
	v := event.Vocabulary{Words: map[uuid.UUID][]event.Word{}}
	for _, row := range rows {
		if row.Lexeme == nil {
			v.Latest = append(v.Latest, row.ID)
			continue
		}
		v.Words[row.ID] = append(v.Words[row.ID], event.Word{Stem: *row.Lexeme, Among: row.Among, Everywhere: row.Everywhere})
	}
	v.Others = len(v.Latest) == latestCompared
	return v
}

// alikeWords is how alike the words of c are to those asked: the weight of those that both have in that of all asked, and
// less where c says much else besides. ts_delete tells how many they share without a look at each.
const alikeWords = `(` +
	`length(c.search) * 10 - length(ts_delete(c.search, asked.w1)) - 2 * length(ts_delete(c.search, asked.w2))` +
	` - 3 * length(ts_delete(c.search, asked.w3)) - 4 * length(ts_delete(c.search, asked.w4))` +
	`)::float8 / asked.total / (0.75 + 0.25 * greatest(1, length(c.search)::float8 / length(source.search)))`

// An answer weighs where the event has it; of lists, the share that both have of what either has. Words weigh 70, all
// answers together 30.
const alikeAnswers = `SELECT sum(part.weight * part.alike) / sum(part.weight) AS score FROM (VALUES
		(70, near.alike),
		(6, (e.kind = source.kind)::int),
		(CASE WHEN source.physical_harm IS NOT NULL THEN 4 ELSE 0 END, coalesce(1 - abs(
			array_position('{NONE,LOW,MODERATE,SEVERE,FATAL}'::text[], e.physical_harm) -
			array_position('{NONE,LOW,MODERATE,SEVERE,FATAL}'::text[], source.physical_harm)) / 4.0, 0)),
		(CASE WHEN source.psychological_harm IS NOT NULL THEN 2 ELSE 0 END, (e.psychological_harm IS NOT DISTINCT FROM source.psychological_harm)::int),
		(CASE WHEN source.specialty IS NOT NULL THEN 4 ELSE 0 END, (e.specialty IS NOT DISTINCT FROM source.specialty)::int),
		(CASE WHEN source.service_areas <> '{}' THEN 4 ELSE 0 END, ?0),
		(CASE WHEN source.involved_agents <> '{}' THEN 5 ELSE 0 END, ?1),
		(CASE WHEN source.safety_challenges <> '{}' THEN 5 ELSE 0 END, ?2)
	) AS part (weight, alike)`

// sharedOf is the share of values that e and source both have in a list of those that either has.
func sharedOf(list string) schema.QueryWithArgs {
	both, either := "(SELECT count(*) FROM unnest(e."+list+") AS v WHERE v = ANY(source."+list+"))::float8", "cardinality(e."+list+") + cardinality(source."+list+")"
	return bun.SafeQuery("coalesce(" + both + " / nullif(" + either + " - " + both + ", 0), 0)")
}

// Alike answers the events most alike some. Whether the scope shows an event is asked before any is left out for
// being less alike than others.
func (s *Events) Alike(ctx context.Context, scope authz.Scope, c event.Comparing) ([]event.Likeness, error) {
	var found []event.Likeness
	err := s.db.NewRaw(`WITH latest AS MATERIALIZED (
			SELECT e.id, e.recorded_at, e.search FROM event AS e WHERE ?0 AND e.id = ANY(?1::uuid[])
		), source AS MATERIALIZED (
			SELECT e.* FROM event AS e WHERE ?0 AND e.id = ANY(?2::uuid[])
		)
		SELECT source.id AS event, best.id AS other, best.score
		FROM ?3 JOIN source ON source.id = asked.id CROSS JOIN LATERAL (
			SELECT e.id, e.recorded_at, round(answers.score::numeric, 3)::float8 AS score
			FROM (
				SELECT c.id, c.recorded_at, alike FROM (
					SELECT * FROM latest
					UNION ALL
					SELECT e.id, e.recorded_at, e.search FROM event AS e WHERE e.search @@ asked.sought AND ?0 AND e.id <> ALL(?1::uuid[])
				) AS c CROSS JOIN LATERAL (SELECT ?4 AS alike) AS words
				WHERE c.id <> source.id AND alike >= ?6
				ORDER BY alike DESC, c.recorded_at DESC, c.id DESC LIMIT ?7
			) AS near JOIN event AS e ON e.id = near.id CROSS JOIN LATERAL (?5) AS answers
			ORDER BY score DESC, e.recorded_at DESC, e.id DESC LIMIT ?8
		) AS best ORDER BY source.id, best.score DESC, best.recorded_at DESC, best.id DESC`,
		compared(scope), uuids(c.Latest), uuids(compares(c.Each)), askedOf(c.Each), bun.SafeQuery(alikeWords),
		bun.SafeQuery(alikeAnswers, sharedOf("service_areas"), sharedOf("involved_agents"), sharedOf("safety_challenges")),
		leastAlike, nearCompared, c.First).Scan(ctx, &found)
	return found, err
}

func compares(each []event.Comparison) []uuid.UUID {
	ids := make([]uuid.UUID, len(each))
	for i, c := range each {
		ids[i] = c.Event
	}
	return ids
}

// askedOf makes a table of comparisons.
func askedOf(each []event.Comparison) schema.QueryWithArgs {
	rows := make([]schema.QueryWithArgs, len(each))
	for i, c := range each {
		args := []any{c.Event}
		for _, words := range c.Words {
			args = append(args, pgdialect.Array(append([]string{}, words...)))
		}
		rows[i] = bun.SafeQuery("(?::uuid, ?::text[], ?::text[], ?::text[], ?::text[], ?, ?::tsquery)", append(args, c.Total, anyOf(c.Sought))...)
	}
	return bun.SafeQuery("(VALUES ?) AS asked (id, w1, w2, w3, w4, total, sought)", listed(rows, "?"))
}

// anyOf is a search for any of the words, as the index has them; of none, for nothing.
func anyOf(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = "'" + strings.NewReplacer(`\`, `\\`, "'", "''").Replace(word) + "'"
	}
	return strings.Join(quoted, " | ")
}
