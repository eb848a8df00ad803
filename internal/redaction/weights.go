package redaction

import (
	"fmt"
	"strconv"
	"strings"
)

// question is about one aspect of a word or about two at once.
type question struct {
	name          string
	first, second int
}

// questions are what the weights answer, of words and of letters.
var questions = func() []question {
	all := []question{
		{"always", nothing, nothing},
		{"word", ownWord, nothing}, {"grades", ownGrades, nothing}, {"kind", ownKind, nothing}, {"build", ownBuild, nothing},
		{"case", ownCase, nothing}, {"score", ownScore, nothing}, {"decision", ownDecision, nothing}, {"elsewhere", elsewhere, ownCase},
		{"grades,case", ownGrades, ownCase}, {"build,case", ownBuild, ownCase}, {"decision,case", ownDecision, ownCase},
	}
	for at := -reach; at <= reach; at++ {
		if at != 0 {
			all = append(all, question{fmt.Sprintf("word%+d", at), wordAt(at), nothing}, question{fmt.Sprintf("kind%+d", at), kindAt(at), nothing})
		}
	}
	for _, at := range []int{-1, 1} {
		all = append(all,
			question{fmt.Sprintf("grades,kind%+d", at), ownGrades, kindAt(at)},
			question{fmt.Sprintf("score,kind%+d", at), ownScore, kindAt(at)},
			question{fmt.Sprintf("standing,word%+d", at), ownStanding, wordAt(at)})
	}
	for _, at := range [][2]int{{-2, -1}, {-1, 1}, {1, 2}} {
		all = append(all,
			question{fmt.Sprintf("word%+d,word%+d", at[0], at[1]), wordAt(at[0]), wordAt(at[1])},
			question{fmt.Sprintf("kind%+d,kind%+d", at[0], at[1]), kindAt(at[0]), kindAt(at[1])})
	}
	return all
}()

// weights are what narratives taught about the answers to questions, on the scale of
// weigh.go. An answer is known by some bits of its hash, and its weight kept in steps of a
// sixteenth, so that all of them stay in the processor's cache.
type weights struct {
	slots []uint32 // bits of a hash above those of a weight; 0 where the slot is empty
}

const (
	weightBits  = 8
	weightSteps = 16
)

// keyOfAnswers tells the answers to a question from all others.
func keyOfAnswers(question int, first, second uint64) uint64 {
	h := uint64(question+1)*0x9e3779b97f4a7c15 ^ first*0xbf58476d1ce4e5b9 ^ second*0x94d049bb133111eb
	return h ^ h>>29
}

// find answers the slot of a key, or the empty one where it would be.
func (w *weights) find(key uint64) *uint32 {
	mask := uint32(len(w.slots) - 1)
	for i := uint32(key>>32) & mask; ; i = (i + 1) & mask {
		if s := &w.slots[i]; *s == 0 || *s>>weightBits == uint32(key)>>weightBits {
			return s
		}
	}
}

// set makes a number of steps the weight of a key.
func (w *weights) set(key uint64, steps int) {
	*w.find(key) = uint32(key)>>weightBits<<weightBits | uint32(uint8(int8(steps)))
}

// sum adds up the weights of all answers.
func (w *weights) sum(all *about) float64 {
	steps := 0
	for i := range questions {
		q := &questions[i]
		steps += int(int8(uint8(*w.find(keyOfAnswers(i, all[q.first].hash, all[q.second].hash)))))
	}
	return float64(steps) / weightSteps
}

func newWeights(answers int) *weights {
	slots := 2
	for slots < 3*answers/2 {
		slots *= 2
	}
	return &weights{make([]uint32, slots)}
}

// taught are the weights of words and those of letters.
type taught struct{ words, letters *weights }

// loadTaught reads what was learned.
func loadTaught() *taught {
	text, err := data.ReadFile("data/weights.txt")
	if err != nil {
		panic("redaction: embedded weights are missing")
	}
	t, err := readTaught(string(text))
	if err != nil {
		panic("redaction: embedded weights are damaged: " + err.Error())
	}
	return t
}

// readTaught reads lines of "words" or "letters", a question, its one or two answers, and
// the weight in steps, with tabs between them.
func readTaught(text string) (*taught, error) {
	ofLetters := strings.Count(text, "letters\t")
	t := &taught{newWeights(strings.Count(text, "\n") + 1 - ofLetters), newWeights(ofLetters)}
	numbers := map[string]int{}
	for i, q := range questions {
		numbers[q.name] = i
	}
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 5 {
			return nil, fmt.Errorf("weights: %q has %d columns, not 5", line, len(fields))
		}
		question, ok := numbers[fields[1]]
		steps, err := strconv.ParseInt(fields[4], 10, weightBits)
		if !ok || err != nil {
			return nil, fmt.Errorf("weights: %q: no such question, or no such weight", line)
		}
		of := t.words
		if fields[0] == "letters" {
			of = t.letters
		}
		of.set(keyOfAnswers(question, hashOfAnswer(fields[2]), hashOfAnswer(fields[3])), int(steps))
	}
	return t, nil
}

func hashOfAnswer(text string) uint64 {
	if text == "" {
		return 0
	}
	return hashOf(text)
}
