package policies

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"lfpse/internal/governance"
)

// Requirements decides what law and national policy require of an event, by the
// rules in the folder of that name. It implements governance.Judge and is safe for
// concurrent use.
type Requirements struct {
	rules     map[string]rule
	version   string
	applying  rego.PreparedEvalQuery // what applies, and because of which answers
	verdicts  rego.PreparedEvalQuery // what every rule says, and what is not met
	deadlines map[string]deadline
	calendar  *governance.Calendar
	// judged is what applies to the events that were judged lately, by what is known of
	// them: answers that are structured are often the same.
	judged *lru.Cache[[sha256.Size]byte, map[string][]string]
}

// mostJudged is how many kinds of events are remembered.
const mostJudged = 4096

var _ governance.Judge = (*Requirements)(nil)

// rule is what a rule is, whatever the event.
type rule struct {
	Code     governance.Code   `json:"code"`
	Title    string            `json:"title"`
	Certain  bool              `json:"certain"`
	Reason   string            `json:"reason"`
	Source   governance.Source `json:"source"`
	JudgedBy string            `json:"judged_by"`
	From     string            `json:"from"`
	Until    string            `json:"until"`
	Deadline string            `json:"deadline"` // a name in deadlines.yaml; empty for none
}

// NewRequirements compiles the rules.
func NewRequirements(ctx context.Context) (*Requirements, error) {
	p, err := compiled()
	if err != nil {
		return nil, err
	}
	return p.requirements(ctx, files)
}

func openRequirements(ctx context.Context, files fs.FS) (*Requirements, error) {
	p, err := load(ctx, files)
	if err != nil {
		return nil, err
	}
	return p.requirements(ctx, files)
}

// requirements reads what the rules rest on from their folder, and prepares
// what is asked of them.
func (p *policy) requirements(ctx context.Context, files fs.FS) (*Requirements, error) {
	r := &Requirements{}
	var err error
	if r.judged, err = lru.New[[sha256.Size]byte, map[string][]string](mostJudged); err != nil {
		return nil, fmt.Errorf("making room for what was judged: %w", err)
	}
	if r.version, err = versionOf(files); err != nil {
		return nil, err
	}
	if r.calendar, err = governance.NewCalendar(); err != nil {
		return nil, err
	}
	if r.deadlines, err = loadDeadlines(files); err != nil {
		return nil, err
	}
	if r.rules, err = p.readRules(ctx); err != nil {
		return nil, err
	}
	for id, about := range r.rules {
		if err := r.check(about); err != nil {
			return nil, fmt.Errorf("rule %s: %w", id, err)
		}
	}
	if r.applying, err = p.rego("data.requirements.applying").PrepareForEval(ctx); err != nil {
		return nil, fmt.Errorf("preparing the requirements: %w", err)
	}
	if r.verdicts, err = p.rego("data.requirements.verdicts").PrepareForEval(ctx); err != nil {
		return nil, fmt.Errorf("preparing the requirements: %w", err)
	}
	return r, nil
}

// Version is that of the rules and what they rest on: it changes with each of
// their files.
func (r *Requirements) Version() string { return r.version }

// Judge answers what is required of an event; deadlines run from on.
func (r *Requirements) Judge(facts governance.Facts, on time.Time) (governance.Judgement, error) {
	because, err := r.applies(facts)
	if err != nil {
		return governance.Judgement{}, err
	}
	byCode := map[governance.Code][]string{}
	for _, id := range slices.Sorted(maps.Keys(because)) {
		code := r.rules[id].Code
		byCode[code] = append(byCode[code], id)
	}
	judgement := governance.Judgement{RulesVersion: r.version}
	for _, code := range governance.Codes() {
		if ids := byCode[code]; len(ids) > 0 {
			judgement.Requirements = append(judgement.Requirements, r.requirement(ids, because, on))
		}
	}
	return judgement, nil
}

// applies answers the rules that apply to an event, and because of which answers. It
// rests on the facts alone, and is the same for the same ones.
func (r *Requirements) applies(facts governance.Facts) (map[string][]string, error) {
	written, err := json.Marshal(facts)
	if err != nil {
		return nil, fmt.Errorf("writing what is known of the event: %w", err)
	}
	key := sha256.Sum256(written)
	if because, known := r.judged.Get(key); known {
		return because, nil
	}
	applying, err := ask(r.applying, facts)
	if err != nil {
		return nil, err
	}
	because := make(map[string][]string, len(applying))
	for id, answers := range applying {
		because[id] = readTexts(answers)
	}
	r.judged.Add(key, because)
	return because, nil
}

// Explain answers what each rule says of an event, by their ids. That a rule says
// nothing is an error: each says either that it applies or why not.
func (r *Requirements) Explain(facts governance.Facts) ([]governance.Explanation, error) {
	said, err := ask(r.verdicts, facts)
	if err != nil {
		return nil, err
	}
	if len(said) != len(r.rules) {
		return nil, fmt.Errorf("judging by the requirements: %d of %d rules answered", len(said), len(r.rules))
	}
	explanations := make([]governance.Explanation, 0, len(said))
	for _, id := range slices.Sorted(maps.Keys(said)) {
		about := r.rules[id]
		verdict, _ := said[id].(map[string]any)
		unmet := readTexts(verdict["unmet"])
		e := governance.Explanation{
			Rule: id, Code: about.Code, Source: about.Source, Certain: about.Certain,
			Applies: len(unmet) == 0, Because: readTexts(verdict["because"]),
		}
		if !e.Applies {
			e.Unmet = unmet[0]
		}
		explanations = append(explanations, e)
	}
	return explanations, nil
}

// requirement is what rules of one code ask for together. The title is that of the
// first, a certain one if there is any.
func (r *Requirements) requirement(ids []string, because map[string][]string, on time.Time) governance.Requirement {
	slices.SortStableFunc(ids, func(a, b string) int { return certainFirst(r.rules[a], r.rules[b]) })
	first := r.rules[ids[0]]
	required := governance.Requirement{Code: first.Code, Title: first.Title, Certain: first.Certain, RulesVersion: r.version}
	for _, id := range ids {
		about := r.rules[id]
		finding := governance.Finding{
			Rule: id, Reason: about.Reason, Certain: about.Certain, Source: about.Source, Because: slices.Clone(because[id]),
		}
		if about.Deadline != "" {
			finding.Deadline = r.deadlines[about.Deadline].after(on, r.calendar)
		}
		required.Findings = append(required.Findings, finding)
	}
	required.Deadline = governance.EarliestDeadline(required.Findings)
	return required
}

func certainFirst(a, b rule) int {
	switch {
	case a.Certain == b.Certain:
		return 0
	case a.Certain:
		return -1
	}
	return 1
}

// ask asks the rules about an event; what they say is by their ids.
func ask(query rego.PreparedEvalQuery, facts governance.Facts) (map[string]any, error) {
	input, err := describe(facts)
	if err != nil {
		return nil, err
	}
	// The rules neither wait for anything nor take long, so nobody need stop them.
	results, err := query.Eval(context.Background(), rego.EvalParsedInput(input))
	if err != nil {
		return nil, fmt.Errorf("judging by the requirements: %w", err)
	}
	if len(results) != 1 || len(results[0].Expressions) != 1 {
		return nil, errors.New("judging by the requirements: there is no answer")
	}
	said, ok := results[0].Expressions[0].Value.(map[string]any)
	if !ok {
		return nil, errors.New("judging by the requirements: the answer is of another form")
	}
	return said, nil
}

// readTexts reads a list of strings as rules answer it.
func readTexts(value any) []string {
	list, _ := value.([]any)
	read := make([]string, len(list))
	for i, text := range list {
		read[i], _ = text.(string)
	}
	return read
}

// beforehand is what the rules say whatever the event, nothing where they say
// nothing: it is worked out once and kept beside them as data.
func beforehand(ctx context.Context, c *ast.Compiler, name string) (any, error) {
	results, err := rego.New(rego.Query("data.requirements."+name), rego.Compiler(c), rego.StrictBuiltinErrors(true)).Eval(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the requirements: %w", err)
	}
	if len(results) == 0 {
		return map[string]any{}, nil
	}
	return results[0].Expressions[0].Value, nil
}

// readRules answers what each rule is, as the store has it.
func (p *policy) readRules(ctx context.Context) (map[string]rule, error) {
	results, err := p.rego("data.requirement_rules").Eval(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the requirements: %w", err)
	}
	if len(results) == 0 {
		return nil, errors.New("reading the requirements: there are none")
	}
	text, err := json.Marshal(results[0].Expressions[0].Value)
	if err != nil {
		return nil, fmt.Errorf("reading the requirements: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var rules map[string]rule
	if err := decoder.Decode(&rules); err != nil {
		return nil, fmt.Errorf("reading the requirements: %w", err)
	}
	return rules, nil
}

// check answers what is wrong with a rule.
func (r *Requirements) check(about rule) error {
	if !slices.Contains(governance.Codes(), about.Code) {
		return errors.New("the code is none of the graph's")
	}
	for name, text := range map[string]string{
		"title": about.Title, "reason": about.Reason,
		"source": about.Source.Document, "paragraph": about.Source.Paragraph,
	} {
		if text == "" {
			return fmt.Errorf("it has no %s", name)
		}
	}
	if _, ok := r.deadlines[about.Deadline]; !ok && about.Deadline != "" {
		return errors.New("deadlines.yaml has no such deadline")
	}
	if about.JudgedBy != dayOccurred && about.JudgedBy != dayRecorded {
		return errors.New("it is judged by no day that is known")
	}
	if _, err := time.Parse(time.DateOnly, about.From); err != nil {
		return errors.New("it does not say from when it is in force")
	}
	return nil
}

// versionOf is a digest of the rules about requirements and of their data, tests
// left out.
func versionOf(files fs.FS) (string, error) {
	names, err := fs.Glob(files, requirementsFolder+"/*")
	if err != nil {
		return "", fmt.Errorf("reading the requirements: %w", err)
	}
	digest := sha256.New()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return "", fmt.Errorf("reading the requirements: %w", err)
		}
		fmt.Fprintf(digest, "%s %d\n%s", name, len(text), text)
	}
	return hex.EncodeToString(digest.Sum(nil))[:12], nil
}
