package account

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lfpse/internal/fault"
)

const (
	minAnswer = 3   // characters of its normal form
	maxAnswer = 200 // characters as typed
)

// SecurityQuestions are the questions to choose from: about what changes for
// nobody and is not on a staff page or a social network. A question is shown to
// whoever has a mailed link, so it is never in anybody's own words.
func SecurityQuestions() []string {
	return []string{
		"What was the name of the first street that you remember living in?",
		"What was the name of your first teacher?",
		"What was the name of your first pet?",
		"What was the first film that you saw in a cinema?",
		"What was the make and colour of the first car that you remember riding in?",
		"Where were you when you first saw the sea?",
		"What was the name of the first person whom you worked for?",
		"What was the title of the book that you read most often as a child?",
	}
}

// normalAnswer is an answer as it is hashed: what remains the same however
// somebody writes it the next time. Letters and digits in lower case, in Unicode's
// compatibility form, and single spaces.
func normalAnswer(answer string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(answer)), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r)
	})
	return strings.Join(words, " ")
}

// checkQuestion notes what is wrong with a question and its answer.
func checkQuestion(problems *fault.Problems, question, answer, password string) {
	if !slices.Contains(SecurityQuestions(), question) {
		problems.Add(fault.UnknownCode, "Choose one of the questions that are offered.", "securityQuestion")
	}
	normal := normalAnswer(answer)
	switch {
	case normal == "":
		problems.Add(fault.Required, "Answer the question.", "securityAnswer")
	case utf8.RuneCountInString(answer) > maxAnswer:
		problems.Addf(fault.TooLong, []string{"securityAnswer"}, "No more than %d characters.", maxAnswer)
	case utf8.RuneCountInString(normal) < minAnswer:
		problems.Addf(fault.Invalid, []string{"securityAnswer"}, "An answer has at least %d letters or digits.", minAnswer)
	case normal == normalAnswer(password):
		problems.Add(fault.Invalid, "The answer cannot be the password.", "securityAnswer")
	case strings.Contains(normalAnswer(question), normal):
		problems.Add(fault.Invalid, "The answer cannot be a part of the question.", "securityAnswer")
	}
}
