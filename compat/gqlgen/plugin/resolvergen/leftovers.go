package resolvergen

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// leftovers decides on what no resolver has claimed.
func (g *generator) leftovers() {
	types := g.resolverTypes()
	for _, s := range g.sources {
		if !s.ours {
			continue
		}
		base := filepath.Base(s.filename)
		stem := base[len(g.before) : len(base)-len(g.after)]
		for _, c := range s.chunks {
			if !c.taken {
				g.leftover(g.target(stem), stem, c, types)
			}
		}
		g.target(stem) // so that a file with nothing left is removed
	}
}

// resolverTypes names the types that hold resolvers, of today's schema and of earlier ones.
func (g *generator) resolverTypes() map[string]bool {
	out := map[string]bool{}
	for _, s := range g.sources {
		for _, c := range s.chunks {
			if c.embedsOnly(g.Config.Resolver.Type) && strings.HasSuffix(c.name(), "Resolver") {
				out[c.name()] = true
			}
		}
	}
	return out
}

func (g *generator) leftover(t *target, stem string, c *chunk, types map[string]bool) {
	receiver, _, isMethod := strings.Cut(c.name(), ".")
	switch {
	case types[c.name()]:
		// the type of an object that has no resolvers any more
	case isMethod && receiver == g.Config.Resolver.Type && strings.Contains(c.text, g.Config.Exec.Package+"."):
		// the accessor of such a type
	case isMethod && types[receiver]:
		if !c.isStub() {
			t.lost = append(t.lost, strings.TrimSpace(c.comment+"\n"+c.text))
		}
	default:
		g.move(stem, c)
	}
}

// move takes a declaration that is no resolver to a new file beside: event.go for
// event.resolvers.go, or another name where there is an event.go.
func (g *generator) move(stem string, c *chunk) {
	t := g.beside[stem]
	if t == nil {
		t = &target{file: g.newFile()}
		g.beside[stem] = t
		g.files[g.freeName(stem)] = t
	}
	t.body = append(t.body, keep(t, c))
}

func (g *generator) freeName(stem string) string {
	for i := 1; ; i++ {
		base := stem + ".go"
		if i > 1 {
			base = stem + "_" + strconv.Itoa(i) + ".go"
		}
		filename := filepath.Join(g.Config.Resolver.DirName, base)
		if _, err := os.Stat(filename); os.IsNotExist(err) && !g.ours(base) {
			return filename
		}
	}
}
