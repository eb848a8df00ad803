package organisation

import (
	"fmt"
	"slices"
	"strings"
)

// acyclic refuses a chain that comes back to where it was, naming its codes.
func acyclic(noun string, next map[ODSCode]ODSCode) error {
	for _, chain := range circles(next) {
		return fmt.Errorf("%s form a circle: %s", noun, circle(chain))
	}
	return nil
}

// circles finds every chain that comes back to where it was.
func circles(next map[ODSCode]ODSCode) [][]ODSCode {
	var found [][]ODSCode
	walked := make(map[ODSCode]int, len(next)) // on which walk a code was met
	walk := 0
	for start := range next {
		walk++
		var chain []ODSCode
		code := start
		for code != "" && walked[code] == 0 {
			walked[code] = walk
			chain = append(chain, code)
			code = next[code]
		}
		if code != "" && walked[code] == walk {
			found = append(found, chain[slices.Index(chain, code):])
		}
	}
	return found
}

// circle writes a circle of codes from its least one on, so that the same circle is always
// reported in the same words.
func circle(chain []ODSCode) string {
	least := slices.Index(chain, slices.Min(chain))
	var b strings.Builder
	for i := range chain {
		b.WriteString(string(chain[(least+i)%len(chain)]) + " → ")
	}
	return b.String() + string(chain[least])
}
