package sample

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// The service's own check, with the profile of the very account that records.
func TestTheServiceTakesWhateverIsMade(t *testing.T) {
	m := hired(t, options(t))
	for _, kind := range taxonomy.Kinds() {
		t.Run(kind, func(t *testing.T) {
			r, taken := source(7), map[bool]int{}
			for range 1000 {
				p := m.any(r)
				p.kind, p.draft = event.Kind(kind), false
				said := m.say(r, p)
				var problems fault.Problems
				if p.author == nil {
					problems = m.o.Events.CheckAnonymous(said.in, said.reasons)
				} else {
					problems = m.o.Events.Check(said.in, p.author.principal.Organisations)
				}
				if len(problems) > 0 {
					t.Fatalf("%v\nin %s", problems, asJSON(t, said.in))
				}
				taken[p.author == nil]++
			}
			if taken[true] == 0 || taken[false] == 0 {
				t.Errorf("anonymous or not: %v", taken)
			}
		})
	}
}

func TestSampleEventsOfPeopleWhoSignInAreTheirOwn(t *testing.T) {
	m := hired(t, options(t))
	for _, p := range m.showcase() {
		if p.draft {
			continue
		}
		said := m.say(source(1), p)
		if problems := m.o.Events.Check(said.in, p.author.principal.Organisations); len(problems) > 0 {
			t.Errorf("%s: %v", p.author.email, problems)
		}
	}
}

func TestADraftStillLacksSomethingOrCouldBeSubmitted(t *testing.T) {
	m := hired(t, options(t))
	r, lacking := source(3), 0
	for range 200 {
		p := m.any(r)
		if p.author == nil {
			continue
		}
		p.draft = true
		if problems := m.o.Events.Check(m.say(r, p).in, p.author.principal.Organisations); len(problems) > 0 {
			lacking++
		}
	}
	if lacking < 50 || lacking > 195 {
		t.Errorf("%d of 200 drafts lack something", lacking)
	}
}

func TestTheSameSeedMakesTheSameEvents(t *testing.T) {
	m := hired(t, options(t))
	one, again, another := must[*batch](t)(m.batch(source(5), nil, 300)), must[*batch](t)(m.batch(source(5), nil, 300)), must[*batch](t)(m.batch(source(6), nil, 300))
	if !slices.Equal(sayings(t, one), sayings(t, again)) {
		t.Error("the second time it is something else")
	}
	if slices.Equal(sayings(t, one), sayings(t, another)) {
		t.Error("another seed makes the same")
	}
	if one.lives[0].Row.ID == again.lives[0].Row.ID {
		t.Error("ids can be foreseen")
	}
}

// sayings are what a batch says, ids and seals apart.
func sayings(t *testing.T, b *batch) []string {
	t.Helper()
	var all []string
	for _, l := range b.lives {
		all = append(all, l.Row.Reference, asJSON(t, l.Row.Texts), asJSON(t, l.Row.Details), asJSON(t, l.Row.RecordedAt), asJSON(t, l.Row.Author))
		for _, r := range l.Revisions {
			all = append(all, strings.Join(r.Changed, " "), asJSON(t, r.Row.Texts), asJSON(t, r.Row.UpdatedAt), string(r.Answers))
		}
		if l.Withdrawn != nil {
			all = append(all, *l.Withdrawn.Reason)
		}
	}
	for _, d := range b.drafts {
		all = append(all, d.Reference, string(d.Kind), asJSON(t, d.At))
	}
	return all
}

// Redaction has something to do in most of what is told, and leaves no number of a patient.
func TestNarrativesAreFullOfInventedPeople(t *testing.T) {
	m := hired(t, options(t))
	placeholder, number := regexp.MustCompile(`\[[A-Z ]+( \d+)?\]`), regexp.MustCompile(`\b999[ -]?\d{3}[ -]?\d{4}\b`)
	b := must[*batch](t)(m.batch(source(9), nil, 1000))
	hiding, tellings := 0, map[string]bool{}
	for _, l := range b.lives {
		all := asJSON(t, l.Row.Texts)
		if placeholder.MatchString(all) {
			hiding++
		}
		if found := number.FindString(all); found != "" {
			t.Errorf("a number of a patient stands in %s", all)
		}
		tellings[placeholder.ReplaceAllString(l.Row.Texts["description"], "")] = true
	}
	if share := float64(hiding) / float64(len(b.lives)); share < 0.6 {
		t.Errorf("only %.0f%% of the events name anybody", share*100)
	}
	if len(tellings) < 900 {
		t.Errorf("1000 events are told in %d ways", len(tellings))
	}
}

func TestEverySlotOfEveryNarrativeIsFilled(t *testing.T) {
	r := source(2)
	var texts []string
	of := func(parts [][]string) {
		for _, sentences := range parts {
			texts = append(texts, sentences...)
		}
	}
	for _, about := range slices.Concat(incidents.values, poorOutcomes.values, goodCares.values) {
		of(about.parts)
	}
	for _, about := range risks.values {
		of(about.parts)
		of(about.population)
	}
	for _, parts := range [][][]string{actions, wentWell, outcomes, fatal, strengths, howToRepeat, additions, remarks, reasonsToWithdraw} {
		of(parts)
	}
	for _, words := range longTail {
		texts = append(texts, words...)
	}
	for _, text := range texts {
		if told := *newNarrator(r).tell(text); told == "" || strings.ContainsAny(told, "{}") {
			t.Errorf("%q is told as %q", text, told)
		}
	}
}

func TestEachKindIsToldInHundredsOfWays(t *testing.T) {
	ways := func(parts [][]string) int {
		n := 1
		for _, sentences := range parts {
			n *= len(sentences)
		}
		return n
	}
	count := map[event.Kind]int{}
	for kind, list := range map[event.Kind][]*theme{event.KindIncident: incidents.values, event.KindOutcome: poorOutcomes.values, event.KindGoodCare: goodCares.values} {
		for _, about := range list {
			count[kind] += ways(about.parts)
		}
	}
	for _, about := range risks.values {
		count[event.KindRisk] += ways(about.parts)
	}
	for _, kind := range taxonomy.Kinds() {
		if count[event.Kind(kind)] < 100 {
			t.Errorf("%s is told in %d ways", kind, count[event.Kind(kind)])
		}
	}
}

func TestEveryQuestionInWordsHasSome(t *testing.T) {
	for kind, questions := range newTails(must[*taxonomy.Registry](t)(taxonomy.Load()).Latest()) {
		for _, q := range questions {
			if q.Type == taxonomy.Text && len(q.words) == 0 || q.Type == taxonomy.Code && len(q.codes) == 0 {
				t.Errorf("%s of %s cannot be answered", q.Element, kind)
			}
		}
	}
}
