package account

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"time"

	"lfpse/internal/fault"
)

func TestTheLifeOfAnAccount(t *testing.T) {
	statuses := []Status{AwaitingApproval, AwaitingActivation, Active, Locked, Closed}
	legal := map[Move]map[Status]Status{
		Approve:  {AwaitingApproval: AwaitingActivation},
		Reject:   {AwaitingApproval: Closed},
		Activate: {AwaitingActivation: Active},
		Lock:     {Active: Locked},
		Unlock:   {Locked: Active},
		Close:    {AwaitingApproval: Closed, AwaitingActivation: Closed, Active: Closed, Locked: Closed},
		"reopen": {},
	}
	for move, want := range legal {
		for _, from := range statuses {
			to, may := want[from]
			if move.Leaves(from) != may || may && move.To() != to {
				t.Errorf("%s from %s: may %v, to %s", move, from, move.Leaves(from), move.To())
			}
		}
	}
	if len(legal)-1 != len(steps()) {
		t.Errorf("%d moves are tested of %d", len(legal)-1, len(steps()))
	}
}

// What stands before one way of proving who one is must stand before all: the
// comparison of a secret with its hash is called in one place.
func TestOnlyOneFunctionComparesSecrets(t *testing.T) {
	packages, err := parser.ParseDir(token.NewFileSet(), ".", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var callers []string
	for name, file := range packages["account"].Files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(function, func(n ast.Node) bool {
				if selector, ok := n.(*ast.SelectorExpr); ok && selector.Sel.Name == "Verify" {
					if inner, ok := selector.X.(*ast.SelectorExpr); ok && inner.Sel.Name == "hasher" {
						callers = append(callers, function.Name.Name)
					}
				}
				return true
			})
		}
	}
	if !slices.Equal(callers, []string{"hold"}) {
		t.Errorf("secrets are compared in %v, want in hold alone", callers)
	}
}

func TestEveryProofIsHeldToACheckOfAnActiveAccount(t *testing.T) {
	proofs := []Proof{PasswordToSignIn, CurrentPassword, SecurityAnswer, IdentityToken}
	if len(checks()) != len(proofs) {
		t.Errorf("there are %d checks for %d proofs", len(checks()), len(proofs))
	}
	for _, proof := range proofs {
		c, ok := checks()[proof]
		if !ok || !slices.Equal(c.in, []Status{Active}) || c.refused == "" || c.answer.Message == "" {
			t.Errorf("%s: %+v", proof, c)
		}
		if verifiedBefore := c.against == nil; verifiedBefore != (proof == IdentityToken) {
			t.Errorf("%s: it is compared with nothing: %v", proof, verifiedBefore)
		}
	}
}

func TestAnAnswerIsTheSameHoweverItIsWritten(t *testing.T) {
	for typed, want := range map[string]string{
		"Mrs. O'Flaherty":                 "mrs o flaherty",
		"  mrs   O\u2019FLAHERTY!":        "mrs o flaherty",
		"\u00c9cole":                      "\u00e9cole",
		"E\u0301cole":                     "\u00e9cole",
		"\uff26\uff4f\uff52\uff44 Fiesta": "ford fiesta",
		"red-Mini":                        "red mini",
		"1984":                            "1984",
		"...":                             "",
		"":                                "",
	} {
		if got := normalAnswer(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}

func TestQuestionsAndAnswersThatMayBeChosen(t *testing.T) {
	asked := SecurityQuestions()[1]
	for name, c := range map[string]struct {
		question, answer, password string
		want                       []fault.Code
	}{
		"good":                    {asked, "Mrs O'Flaherty", "p", nil},
		"a question of one's own": {"Who am I?", "Nobody at all", "p", []fault.Code{fault.UnknownCode}},
		"no answer":               {asked, " .", "p", []fault.Code{fault.Required}},
		"two letters":             {asked, "Al", "p", []fault.Code{fault.Invalid}},
		"too long":                {asked, strings.Repeat("a", 201), "p", []fault.Code{fault.TooLong}},
		"the password":            {asked, "Seven Lanterns", "seven lanterns", []fault.Code{fault.Invalid}},
		"the question's words":    {asked, "first teacher", "p", []fault.Code{fault.Invalid}},
	} {
		var problems fault.Problems
		checkQuestion(&problems, c.question, c.answer, c.password)
		var got []fault.Code
		for _, p := range problems {
			got = append(got, p.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestPasswordsThatAttackersTryFirst(t *testing.T) {
	for _, password := range []string{
		"123456789987654321", "1qaz2wsx3edc4rfv", "qwerty123456", "QWERTY123456", "administrator", "!!justinbieber99",
		"password12345", "passwordpassword", "Liverpool2026!", "iloveyou iloveyou", "nhs patient safety", "LFPSE lfpse 2026",
	} {
		var problems fault.Problems
		checkPassword(&problems, password, "florence.nightingale@trust.nhs.uk", "Florence", "Nightingale")
		if len(problems) != 1 || problems[0].Code != fault.Invalid || strings.Contains(problems[0].Message, password) {
			t.Errorf("%q is answered %+v", password, problems)
		}
	}
	if n := strings.Count(common, "\n"); n != 17950 {
		t.Errorf("%d passwords are listed; the documentation says 17,950", n)
	}
}

// The estimate looks at the beginning alone: it takes time that grows with the
// square of the length.
func TestALongPasswordIsEstimatedByItsBeginning(t *testing.T) {
	const words = "seven lanterns over the estuary, two herons and a kettle in the rain"
	if short, long := strength(words[:estimated], nil), strength(strings.Repeat(words, 3), nil); short != long {
		t.Errorf("estimated %d and %d", short, long)
	}
	for _, password := range []string{"", strings.Repeat("\u00e9", 100), strings.Repeat("\xff", 100)} {
		strength(password, []string{"", "\xff"}) // does not panic
	}
}

func TestRecognisedDomains(t *testing.T) {
	s := &Service{domains: []string{"nhs.net", ".nhs.uk"}}
	for email, want := range map[string]bool{
		"a@nhs.net": true, "a@trust.nhs.uk": true, "a@ward.trust.nhs.uk": true,
		"a+b@nhs.net": false, "+@nhs.net": false,
		"a@nhs.uk": false, "a@xnhs.net": false, "a@nhs.net.example": false, "a@sub.nhs.net": false, "a@example.org": false, "nhs.net": false,
	} {
		if got := s.recognised(email); got != want {
			t.Errorf("%s: %v", email, got)
		}
	}
	if (&Service{}).recognised("a@nhs.net") {
		t.Error("without a list, somebody is recognised")
	}
}

func TestWhoeverGoesOnFailingWaitsLongerAndLonger(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	held, err := newWaits[string](3, time.Minute, 10)
	if err != nil {
		t.Fatal(err)
	}
	for failures, want := range map[int]time.Duration{1: 0, 2: 0, 3: 10 * time.Second, 4: 20 * time.Second, 5: 40 * time.Second, 6: time.Minute, 60: time.Minute} {
		if got := held.delay(failures); got != want {
			t.Errorf("after %d failures: %v, want %v", failures, got, want)
		}
	}
	for range 4 {
		held.fail("a", now)
	}
	for after, want := range map[time.Duration]bool{0: false, 19 * time.Second: false, 20 * time.Second: true} {
		if got := held.over("a", now.Add(after)); got != want {
			t.Errorf("after %v: over %v", after, got)
		}
	}
	if !held.over("b", now) {
		t.Error("another waits for the first")
	}
	held.forget("a")
	if !held.over("a", now) {
		t.Error("waits after it was forgiven")
	}
	for range 4 {
		held.fail("c", now)
	}
	held.fail("c", now.Add(2*time.Hour))
	if !held.over("c", now.Add(2*time.Hour)) {
		t.Error("an hour without a failure is not forgotten")
	}
}
