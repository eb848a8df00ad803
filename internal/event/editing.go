package event

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// edit is an event under an editor's hands: before and after hold the texts as
// the editor reads them.
type edit struct {
	before, after Input
	typed         original // the revision that is being changed
	codes         *taxonomy.Taxonomy
	anonymous     bool
	// original tells whether the editor reads what was typed. Who does not has
	// faces instead, by field.
	original bool
	faces    map[string]face
	// unseen are the texts that the editor is not shown at all, since they could
	// not be anonymised.
	unseen map[string]bool
}

// hiddenText stands for a text that is unseen, so that validation finds one there.
// What it stands for is left as it is. Anybody may type the same.
const hiddenText = "[hidden]"

// edit lays an event out for an editor. Its codes stay those of the version that
// it was recorded under; where that is not known, nobody can tell what they
// mean, and it is not changed.
func (s *Service) edit(found Subject) (*edit, error) {
	r := found.Record
	codes := s.taxonomy.Version(r.TaxonomyVersion)
	if codes == nil {
		return nil, fmt.Errorf("reading event %s to change it: version %d of the taxonomy is not known here", r.ID, r.TaxonomyVersion)
	}
	typed, err := s.unseal(Sealed{TextKey{r.ID, r.Revision}, found.Original})
	if err != nil {
		return nil, err
	}
	typed.findSpans(found.Anonymised)
	e := &edit{typed: typed, codes: codes, anonymous: r.Source == SourceAnonymous}
	switch textViewOf(r.Shows) {
	case TextViewOriginal:
		e.original = true
		e.before = recordedWith(r, found.Patients, typed.Texts)
	case TextViewAnonymised:
		e.before = recordedWith(r, found.Patients, e.lookAt(found.Anonymised))
	default:
		return nil, fault.New(fault.Forbidden, "You are not shown the texts of this event, so you cannot change it.")
	}
	e.after = e.before.clone()
	return e, nil
}

// lookAt answers the texts as an editor sees them who is shown no identifiers.
func (e *edit) lookAt(shown map[string]string) map[string]string {
	e.faces, e.unseen = map[string]face{}, map[string]bool{}
	seen := map[string]string{}
	for field, text := range e.typed.Texts {
		if sealedAlone(field) {
			continue
		}
		anonymised, isShown := shown[field]
		if !isShown {
			seen[field], e.unseen[field] = hiddenText, true
			continue
		}
		seen[field] = anonymised
		if f, ok := faceOf(text, e.typed.Spans[field], seen[field]); ok {
			e.faces[field] = f
		}
	}
	return seen
}

// sealedAlone tells the texts that nobody reads anonymised. No patch names them,
// and every revision has them as they were.
func sealedAlone(field string) bool {
	return field == fieldContact || field == fieldAnswer(elementOtherReason)
}

// change applies a patch to an edit and answers what is wrong with the outcome,
// as far as the editor can see it.
func (s *Service) change(e *edit, patch *Patch) fault.Problems {
	problems := patch.apply(&e.after)
	if len(problems) > 0 {
		return problems
	}
	if !e.original {
		problems = e.lost()
	}
	found := s.checkAfter(e)
	for e.after.Kind != e.before.Kind && e.after.leave(found, patch) {
		found = s.checkAfter(e) // what went may have been what others were asked for
	}
	return inPatch(append(problems, found...), &e.after, patch)
}

// checkAfter validates the outcome as a new record of the event's version of the
// taxonomy. Organisations that the event names already may have closed since.
func (s *Service) checkAfter(e *edit) fault.Problems {
	named := organisationsOf(&e.before)
	c := check{
		in: &e.after, codes: e.codes, now: s.now().In(s.zone), anonymous: e.anonymous,
		exists: func(code string) bool { return slices.Contains(named, code) || s.geography.Exists(code) },
	}
	if e.after.Organisation != nil {
		c.profile = []string{*e.after.Organisation}
	}
	return slices.DeleteFunc(c.all(), e.leftTooLong())
}

// leftTooLong tells the problems about the length of texts that are left as they
// were. Placeholders may be longer than the names that were typed, and names
// than placeholders.
func (e *edit) leftTooLong() func(fault.Problem) bool {
	before := map[string]string{}
	for _, slot := range e.before.slots() {
		before[slot.field] = orZero(*slot.text)
	}
	left := map[string]bool{}
	for _, slot := range e.after.slots() {
		left[strings.Join(slot.path, ".")] = orZero(*slot.text) == before[slot.field]
	}
	return func(p fault.Problem) bool {
		return p.Code == fault.TooLong && left[strings.Join(p.Path[1:], ".")]
	}
}

// leave takes out of an input the answers that another kind of event left behind
// and that its new kind does not take: those that problems name and the patch
// did not give. It tells whether there were any.
func (in *Input) leave(problems fault.Problems, patch *Patch) bool {
	gone := map[int]bool{}
	left := false
	for _, p := range problems {
		if p.Code != fault.NotApplicable {
			continue
		}
		if len(p.Path) > 2 && p.Path[1] == "answers" {
			i, err := strconv.Atoi(p.Path[2])
			if err == nil && !patch.gives(in.Answers[i].Element) {
				gone[i] = true
			}
			continue
		}
		if len(p.Path) != 2 {
			continue
		}
		switch p.Path[1] {
		case "patients":
			left = leaveOut(&in.Patients, patch.Patients.Is) || left
		case "levelOfConcern":
			left = leaveOut(&in.LevelOfConcern, patch.LevelOfConcern.Is) || left
		case "involvedAgents":
			left = leaveOut(&in.InvolvedAgents, patch.InvolvedAgents.Is) || left
		case "safetyChallenges":
			left = leaveOut(&in.SafetyChallenges, patch.SafetyChallenges.Is) || left
		case "specialty":
			left = leaveOut(&in.Specialty, patch.Specialty.Is) || left
		case "serviceArea":
			left = leaveOut(&in.ServiceArea, patch.ServiceArea.Is) || left
		}
	}
	var kept []*AnswerInput
	for i, answer := range in.Answers {
		if !gone[i] {
			kept = append(kept, answer)
		}
	}
	in.Answers = kept
	return left || len(gone) > 0
}

// leaveOut empties a field that the patch does not give; it tells whether there
// was anything in it.
func leaveOut[T any](field *T, given bool) bool {
	if given || nothing(reflect.ValueOf(*field)) {
		return false
	}
	var none T
	*field = none
	return true
}

// gives tells whether a patch answers an element.
func (p *Patch) gives(element string) bool {
	return slices.ContainsFunc(p.Answers.Value, func(a *AnswerInput) bool { return a.Element == element })
}

// inPatch moves the paths of problems with answers to where the patch gives
// them; those that it does not give are about the answers as a whole.
func inPatch(problems fault.Problems, in *Input, patch *Patch) fault.Problems {
	for n := range problems {
		path := problems[n].Path
		if len(path) < 3 || path[1] != "answers" {
			continue
		}
		problems[n].Path = path[:2]
		i, err := strconv.Atoi(path[2])
		if err != nil || i >= len(in.Answers) {
			continue
		}
		given := slices.IndexFunc(patch.Answers.Value, func(a *AnswerInput) bool { return a.Element == in.Answers[i].Element })
		if given >= 0 {
			problems[n].Path = slices.Concat(path[:2], []string{strconv.Itoa(given)}, path[3:])
		}
	}
	return problems
}

// lost answers a problem for each text in which a placeholder that the editor
// was shown no longer stands: nobody edits what they cannot read. Answers that
// go with a change of kind stay readable in the revision before.
func (e *edit) lost() fault.Problems {
	after := map[string]slot{}
	for _, slot := range e.after.slots() {
		after[slot.field] = slot
	}
	var problems fault.Problems
	for _, slot := range e.before.slots() {
		if *slot.text == nil {
			continue
		}
		now, stands := after[slot.field]
		path, text := slot.path, ""
		switch {
		case stands:
			path, text = now.path, orZero(*now.text)
		case ofKind(path) && e.after.Kind != e.before.Kind:
			continue
		case !ofKind(path):
			path = path[:1]
		}
		if message := e.refuses(slot.field, **slot.text, text); message != "" {
			problems.Add(fault.Invalid, message, append([]string{root}, path...)...)
		}
	}
	return problems
}

// ofKind tells whether a path leads into the answers of one kind of event.
func ofKind(path []string) bool {
	return slices.Contains([]string{"incident", "outcome", "risk", "goodCare"}, path[0])
}

// refuses says why a text may not be replaced by another; empty where it may.
func (e *edit) refuses(field, before, after string) string {
	if before == after {
		return ""
	}
	if e.unseen[field] {
		return "You are not shown this text; leave it out."
	}
	f, ok := e.faces[field]
	if ok {
		_, ok = f.keep(after)
	}
	if !ok {
		return "Leave every placeholder that you were shown in this text, such as [NAME 1], as often as it stands there; what is behind it is put back."
	}
	return ""
}
