-- $1 words, $2 region
SELECT e.reference, e.recorded_at, ts_rank_cd(e.search, websearch_to_tsquery('english', $1)) AS rank,
	ts_headline('english', e.texts->>'description', websearch_to_tsquery('english', $1))
FROM (
	SELECT e.* FROM event AS e JOIN bench.organisation AS o ON o.code = e.organisation JOIN bench.icb AS i ON i.code = o.icb
	WHERE e.search @@ websearch_to_tsquery('english', $1) AND i.region = $2 AND e.status <> 'DRAFT'
	ORDER BY ts_rank_cd(e.search, websearch_to_tsquery('english', $1)) DESC, e.recorded_at DESC LIMIT 20
) AS e ORDER BY rank DESC, e.recorded_at DESC
