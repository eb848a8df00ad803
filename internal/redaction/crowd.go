package redaction

// crowd is the people in a record, to be found by the words of their names.
type crowd struct {
	people  []person
	bearers map[string][]int // by word or first letter: places in people
	near    near             // the words
	numbers map[int]int      // by number: places in people
	steps   int              // people looked at so far
}

// person is somebody in the record, by the words of their name and the letters
// that these begin with.
type person struct {
	words  map[string]bool
	near   near
	number int
}

// holds says that all words are the person's, initials and slips included.
func (p *person) holds(words []string) bool {
	for _, w := range words {
		if !p.words[w] && !p.near.match(w) {
			return false
		}
	}
	return true
}

// add adds somebody and answers their place.
func (c *crowd) add(words []string, number int) int {
	if c.bearers == nil {
		c.bearers, c.numbers = map[string][]int{}, map[int]int{}
	}
	who := len(c.people)
	c.people = append(c.people, person{words: map[string]bool{}})
	c.learn(who, words)
	c.give(who, number)
	return who
}

// learn adds words to somebody's name.
func (c *crowd) learn(who int, words []string) {
	for _, w := range words {
		if c.learnWord(who, w) {
			c.people[who].near.add(w)
		}
		c.learnWord(who, w[:1])
	}
}

func (c *crowd) learnWord(who int, w string) bool {
	if c.people[who].words[w] {
		return false
	}
	c.people[who].words[w] = true
	if len(c.bearers[w]) == 0 {
		c.near.add(w)
	}
	c.bearers[w] = append(c.bearers[w], who)
	return true
}

// give gives somebody a number, 0 for none yet.
func (c *crowd) give(who, number int) {
	c.people[who].number = number
	if number != 0 {
		c.numbers[number] = who
	}
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
// where several do, or none. It looks at those to whom the rarest of the words
// points, and where that are too many it takes it that there are several.
func (c *crowd) bearer(words []string, allowed func(int) bool) int {
	var fewest []int
	for i, w := range words {
		pointed := c.pointedTo(w)
		if i == 0 || len(pointed) < len(fewest) {
			fewest = pointed
		}
		if len(fewest) == 0 {
			return -1
		}
	}
	if len(fewest) > throng {
		return -1
	}
	found := -1
	for _, who := range fewest {
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
