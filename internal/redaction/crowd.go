package redaction

import "slices"

// crowd is the people in a record, to be found by the words of their names. A few
// are asked one by one; of more, who bears a word is indexed.
type crowd struct {
	people  []person
	bearers map[string][]int // by word or first letter: places in people
	near    near             // the words
	numbers map[int]int      // by number: places in people
	steps   int              // people looked at so far
	room    []string         // for words of people to come
}

// fewPeople are found faster by asking them one by one.
const fewPeople = 16

// person is somebody in the record, by the words of their name and the letters
// that these begin with.
type person struct {
	words  wordSet
	near   near
	number int
}

// holds says that all words are the person's, initials and slips included.
func (p *person) holds(words []string) bool {
	for _, w := range words {
		if !p.words.has(w) && !p.slip(w) {
			return false
		}
	}
	return true
}

// slip holds for a word that is one slip away from one of the person's.
func (p *person) slip(w string) bool {
	if p.words.index != nil {
		return p.near.match(w)
	}
	return slices.ContainsFunc(p.words.list, func(one string) bool {
		return len(one) >= nearest && len(w) >= nearest-1 && oneSlip(one, w)
	})
}

// learn says whether the word is new. Slips are indexed once the words are many.
func (p *person) learn(w string) bool {
	indexed := p.words.index != nil
	if !p.words.add(w) {
		return false
	}
	switch {
	case indexed:
		p.near.add(w)
	case p.words.index != nil:
		for _, one := range p.words.list {
			p.near.add(one)
		}
	}
	return true
}

// wordSet is a set of words, of which there are few as a rule.
type wordSet struct {
	list  []string
	index map[string]bool // once they are many
}

func (s *wordSet) has(w string) bool {
	if s.index != nil {
		return s.index[w]
	}
	return slices.Contains(s.list, w)
}

// add says whether the word is new.
func (s *wordSet) add(w string) bool {
	if s.has(w) {
		return false
	}
	s.list = append(s.list, w)
	switch {
	case s.index != nil:
		s.index[w] = true
	case len(s.list) > fewWords:
		s.index = map[string]bool{}
		for _, one := range s.list {
			s.index[one] = true
		}
	}
	return true
}

// add adds somebody and answers their place.
func (c *crowd) add(words []string, number int) int {
	who := len(c.people)
	c.people = append(c.people, person{words: wordSet{list: c.roomFor(2 * len(words))}})
	c.learn(who, words)
	c.give(who, number)
	if c.bearers == nil && len(c.people) > fewPeople {
		c.bearers = map[string][]int{}
		for who := range c.people {
			for _, w := range c.people[who].words.list {
				c.point(w, who)
			}
		}
	}
	return who
}

// roomFor answers memory for n words, of what there is for many people if it suffices.
func (c *crowd) roomFor(n int) []string {
	used := len(c.room)
	if cap(c.room)-used < n {
		return make([]string, 0, n)
	}
	c.room = c.room[:used+n]
	return c.room[used : used : used+n]
}

// learn adds words to somebody's name.
func (c *crowd) learn(who int, words []string) {
	for _, w := range words {
		c.learnWord(who, w)
		c.learnWord(who, w[:1])
	}
}

func (c *crowd) learnWord(who int, w string) {
	if c.people[who].learn(w) && c.bearers != nil {
		c.point(w, who)
	}
}

// point lets a word point to somebody.
func (c *crowd) point(w string, who int) {
	if len(c.bearers[w]) == 0 {
		c.near.add(w)
	}
	c.bearers[w] = append(c.bearers[w], who)
}

// give gives somebody a number, 0 for none yet.
func (c *crowd) give(who, number int) {
	c.people[who].number = number
	if number == 0 {
		return
	}
	if c.numbers == nil {
		c.numbers = map[int]int{}
	}
	c.numbers[number] = who
}

// numbered answers who has a number, which is somebody new if nobody has.
func (c *crowd) numbered(number int) int {
	if who, ok := c.numbers[number]; ok {
		return who
	}
	return c.add(nil, number)
}

// throng is how many people one word may point to for it to tell anything.
const throng = 64

// bearer answers the one person of those allowed who bears all the words, or -1
// where several do, or none.
func (c *crowd) bearer(words []string, allowed func(int) bool) int {
	found := -1
	for _, who := range c.candidates(words) {
		c.steps++
		if who == found || !allowed(who) || !c.people[who].holds(words) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = who
	}
	return found
}

// candidates answers whoever may bear all the words: in a few, everybody, else
// those to whom the rarest of the words points. Where that are too many it answers
// nobody, as if there were several.
func (c *crowd) candidates(words []string) []int {
	if c.bearers == nil {
		if len(words) == 0 {
			return nil
		}
		return everybody[:len(c.people)]
	}
	var fewest []int
	for i, w := range words {
		pointed := c.pointedTo(w)
		if i == 0 || len(pointed) < len(fewest) {
			fewest = pointed
		}
		if len(fewest) == 0 {
			return nil
		}
	}
	if len(fewest) > throng {
		return nil
	}
	return fewest
}

// everybody are the places of a few people.
var everybody = func() (all [fewPeople]int) {
	for i := range all {
		all[i] = i
	}
	return all
}()

// pointedTo answers those who bear a word or one that is a slip away from it,
// and no more than a few above a throng.
func (c *crowd) pointedTo(w string) []int {
	people := c.bearers[w]
	people = people[:min(len(people), throng+1):len(people)]
	if len(people) > throng {
		return people
	}
	people = people[:len(people):len(people)]
	c.near.each(w, func(other string) bool {
		if other != w {
			more := c.bearers[other]
			people = append(people, more[:min(len(more), throng+1)]...)
		}
		return len(people) <= throng
	})
	return people
}

// work is the steps that finding people took.
func (c *crowd) work() int {
	n := c.steps + c.near.steps
	for i := range c.people {
		n += c.people[i].near.steps
	}
	return n
}
