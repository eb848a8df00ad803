package architecture

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// A room is the packages that match a pattern and the patterns of ours that
// they may import. The first room that a package matches is its own.
type room struct {
	packages string
	may      []string
}

var alphabet = []string{"internal/fault", "internal/gid", "internal/page"}

// ground is what nouns stand on.
var ground = append([]string{"internal/authz", "internal/redaction", "internal/audit", "internal/taxonomy", "internal/notification"}, alphabet...)

var rooms = []room{
	{"cmd/lfpse", []string{"*"}},
	{"cmd/lfpse/sample", []string{"*"}},
	{"bench", []string{"db/embedded", "internal/event", "internal/gid"}}, // measures the service from outside; it makes references and ids as the service does
	{"internal/architecture", nil},
	{"internal/fault", nil},
	{"internal/gid", nil},
	{"internal/page", alphabet},
	{"internal/envelope", nil},      // encryption knows nothing of what it seals
	{"internal/token", alphabet},    // tokens know accounts by id alone
	{"internal/oidc", alphabet},     // and the OpenID provider's by subject
	{"internal/oidc/oidctest", nil}, // a provider for the tests of several rooms
	{"internal/authz", alphabet},
	{"internal/redaction", alphabet},
	{"internal/redaction/lists", nil},  // makes the words that the engine knows
	{"internal/redaction/corpus", nil}, // narratives and a yardstick, for tests
	{"internal/audit", alphabet},
	{"internal/notification", alphabet}, // values: what mails there are and what they say
	{"internal/mailer", []string{"internal/notification"}},
	{"internal/mailer/mailertest", nil}, // a mail server for the tests of several rooms
	{"internal/taxonomy", alphabet},
	{"internal/taxonomy/taxonomytest", []string{"internal/taxonomy"}},        // events for the tests of several rooms
	{"internal/governance", append([]string{"internal/event"}, ground...)},   // what is done about events
	{"internal/export", append([]string{"internal/event"}, ground...)},       // events that are taken away
	{"internal/lrms/fhir", append([]string{"internal/event"}, ground...)},    // what local systems say in FHIR
	{"internal/lrms/conformance", nil},                                       // speaks to the service as strangers do
	{"internal/lrms/history", append([]string{"internal/event"}, ground...)}, // and what they kept before, in CSV
	{"internal/*", ground},
	{"policies", append([]string{"internal/authz", "internal/governance"}, alphabet...)},
	{"db/embedded", nil}, // a server is a server
	{"db/reference", []string{"internal/*"}},
	{"db/dbtest", []string{"db", "db/embedded", "db/migrations", "internal/envelope", "internal/notification"}},
	{"db/migrations", nil},
	{"db/loader", []string{"internal/*"}},
	{"db", []string{"internal/*", "db/migrations"}},
	{"graph/graphiql", nil}, // a page and its headers
	{"graph/pages", []string{"internal/*"}},
	{"graph/fhir", []string{"internal/*", "internal/lrms/fhir"}},
	{"graph/model", []string{"internal/*"}},
	{"graph/generated", []string{"internal/*", "graph/model"}},
	{"resolvers", []string{"internal/*", "graph/model", "graph/generated", "db/loader"}},
	{"graph", []string{"internal/*", "graph/*", "resolvers", "db/loader"}},
}

func roomOf(name string) *room {
	for i, r := range rooms {
		if match(r.packages, name) {
			return &rooms[i]
		}
	}
	return nil
}

func match(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok || pattern == "*"
}

func TestEveryPackageImportsWhatItsRoomMay(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "lfpse/...").Output()
	if err != nil {
		t.Fatalf("listing packages: %v", err)
	}
	decoder, seen := json.NewDecoder(strings.NewReader(string(out))), 0
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen++
		name := strings.TrimPrefix(p.ImportPath, "lfpse/")
		own := roomOf(name)
		if own == nil {
			t.Errorf("%s is in no room: open one in the table, with its reason", name)
			continue
		}
		for _, imported := range p.Imports {
			of, ours := strings.CutPrefix(imported, "lfpse/")
			if ours && !slices.ContainsFunc(own.may, func(pattern string) bool { return match(pattern, of) }) {
				t.Errorf("%s imports %s, which its room may not", name, of)
			}
		}
	}
	if seen < len(rooms)-2 {
		t.Errorf("only %d packages were seen", seen)
	}
}
