package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/db/reference"
	"lfpse/graph"
	"lfpse/internal/access"
	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/client"
	"lfpse/internal/envelope"
	"lfpse/internal/event"
	"lfpse/internal/export"
	"lfpse/internal/governance"
	"lfpse/internal/inbox"
	"lfpse/internal/oidc"
	"lfpse/internal/oidc/oidctest"
	"lfpse/internal/organisation"
	"lfpse/internal/redaction"
	"lfpse/internal/taxonomy"
	"lfpse/internal/token"
	"lfpse/policies"
	"lfpse/resolvers"
)

// The readers of the tests: people of a trust, of another in another region, and of the areas above the first.
const (
	reporter       = "reporter"
	colleague      = "colleague"
	organisational = "organisational"
	admin          = "admin"
	readOnlyICB    = "read-only ICB"
	readOnlyRegion = "read-only region"
	elsewhere      = "organisational elsewhere"
	adminElsewhere = "admin elsewhere"
	lead           = "national lead"
	heir           = "read-only ICB that takes over"
	nobody         = "nobody"
)

// service is the whole service over a database of its own, spoken to by HTTP.
type service struct {
	t        *testing.T
	server   *httptest.Server
	db       *db.DB
	own      *db.DB // the same as the service has it
	keys     string // of access tokens
	outbox   *db.Outbox
	accounts *account.Service
	access   *accessrequest.Service
	provider *oidctest.Provider
	log      *safeBuffer
	tokens   map[string]string
	// later is by how much the clock of geography and policy is ahead.
	later     time.Duration
	geography *organisation.Directory
	events    *event.Service
	sealer    *envelope.Sealer
	assessor  *governance.Assessor
	judge     *brittle
	// governance is what the resolvers ask of what is done about events.
	governance *governance.Service
	// counted, where set, carries the counter of the next requests' statements.
	counted context.Context
}

// safeBuffer is a log that many goroutines write to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newService(t *testing.T) *service {
	t.Helper()
	return newServiceWith(t, must[*taxonomy.Registry](t)(taxonomy.Load()))
}

// newServiceWith is newService with versions of the taxonomy of a test's own.
func newServiceWith(t *testing.T, codes *taxonomy.Registry) *service {
	t.Helper()
	provider := oidctest.Start(t)
	s := newServiceTrusting(t, codes, provider.Issuer())
	s.provider = provider
	return s
}

// newServiceTrusting is newServiceWith an OpenID provider of a test's own.
func newServiceTrusting(t *testing.T, codes *taxonomy.Registry, issuer string) *service {
	t.Helper()
	d := dbtest.Fresh(t, withMap())
	keys := filepath.Join(t.TempDir(), "tokens.json")
	if err := token.Create(keys); err != nil {
		t.Fatal(err)
	}
	s := newServiceOver(t, d, codes, keys, issuer)
	s.people(s.accounts)
	return s
}

// withMap has the map in a database.
func withMap() dbtest.Option {
	return dbtest.WithReference("map", func(ctx context.Context, d *db.DB) error {
		_, err := reference.Load(ctx, d.DB)
		return err
	})
}

// newServiceOver is a service over a database that others may serve too, with
// keys of access tokens that are theirs as well.
func newServiceOver(t *testing.T, d *db.DB, codes *taxonomy.Registry, keys, issuer string, changes ...func(*graph.Options)) *service {
	t.Helper()
	own := dbtest.AsService(t, d) // the service has no more rights than it will have
	s := &service{t: t, db: d, own: own, keys: keys, outbox: dbtest.Outbox(t, own), log: &safeBuffer{}, tokens: map[string]string{nobody: ""}}
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	geography := must[*organisation.Directory](t)(organisation.NewDirectory(t.Context(), db.NewOrganisations(own.DB)))
	policy := must[*policies.Authorizer](t)(policies.New(t.Context(), policies.Options{Geography: geography, Now: s.now}))
	s.geography, s.accounts = geography, newAccounts(t, own, s.outbox, policy, keys, issuer)
	s.judge = &brittle{rules: must[*policies.Requirements](t)(rules())}
	s.assessor = newAssessor(s, geography)
	s.sealer = newSealer(t)
	s.events = newEvents(t, own, policy, geography, codes, s.assessor, s.sealer, s.now)
	s.governance = newGovernance(s, own, policy, geography, codes)
	s.access = must[*accessrequest.Service](t)(accessrequest.New(accessrequest.Options{
		Store: db.NewAccessRequests(own.DB, s.outbox), Policy: policy, Geography: geography, Now: time.Now, Zone: geography.Zone(),
	}))
	resolver := &resolvers.Resolver{
		Events: s.events, Accounts: s.accounts, AccessRequests: s.access,
		Geography: geography, Taxonomy: codes, Policy: policy, Now: s.now,
		Inbox:      inbox.NewService(db.NewNotifications(own.DB), policy, time.Now),
		Governance: s.governance,
		Clients:    client.NewService(client.Options{Store: db.NewClients(own.DB), Policy: policy, Exists: geography.Exists, Now: s.now}),
	}
	resolver.Exports, resolver.ExportsAt = newExports(s, policy), graph.ExportsPath // beneath whatever the server's address is
	options := graph.Options{Resolver: resolver, Policy: policy, Log: log, Ready: own.PingContext, Discreet: db.Discreet, Address: fhirAddress}
	for _, change := range changes {
		change(&options)
	}
	handler := must[http.Handler](t)(graph.New(options))
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.counted != nil {
			r = r.WithContext(s.counted)
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.server.Close)
	return s
}

func (s *service) now() time.Time { return time.Now().Add(s.later) }

func newEvents(t *testing.T, d *db.DB, policy authz.Authorizer, geography *organisation.Directory, codes *taxonomy.Registry, assessor db.Assessor, sealer *envelope.Sealer, now func() time.Time) *event.Service {
	t.Helper()
	return event.NewService(event.Options{
		Store: db.NewEvents(d.DB, assessor), Policy: policy, Geography: geography, Taxonomy: codes,
		Redactor: redactor(), Sealer: sealer,
		Secret: []byte("a secret of the test's"), Zone: must[*time.Location](t)(time.LoadLocation("Europe/London")), Now: now,
	})
}

func newSealer(t *testing.T) *envelope.Sealer {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "texts.json")
	if err := envelope.Create(keys); err != nil {
		t.Fatal(err)
	}
	return must[*envelope.Sealer](t)(envelope.Open(keys))
}

func newExports(s *service, policy authz.Authorizer) *export.Service {
	watch := access.NewWatch(access.Options{Present: s.accounts.Present, Geography: s.geography, Interval: 20 * time.Millisecond})
	return export.NewService(export.Options{
		Store: db.NewExports(s.own.DB), Events: s.events, Policy: policy, Present: s.accounts.Present, While: watch.While, Sealer: s.sealer, Now: s.now,
	})
}

// redactor hides identifiers in all tests: its word lists are large.
var redactor = sync.OnceValue(redaction.New)

// rules are what policy requires, compiled once for all tests.
var rules = sync.OnceValues(func() (*policies.Requirements, error) { return policies.NewRequirements(context.Background()) })

func newAssessor(s *service, geography *organisation.Directory) *governance.Assessor {
	s.t.Helper()
	return governance.NewAssessor(governance.AssessorOptions{
		Judge: s.judge, Calendar: must[*governance.Calendar](s.t)(governance.NewCalendar()),
		TypeOf: geography.TypeOf, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
}

func newGovernance(s *service, d *db.DB, policy authz.Authorizer, geography *organisation.Directory, codes *taxonomy.Registry) *governance.Service {
	s.t.Helper()
	return governance.NewService(governance.Options{
		Store: db.NewGovernance(d.DB, s.outbox, s.assessor), Events: s.events, Policy: policy, Taxonomy: codes,
		Calendar: must[*governance.Calendar](s.t)(governance.NewCalendar()), Exists: geography.Exists, Now: s.now,
	})
}

func newAccounts(t *testing.T, d *db.DB, outbox *db.Outbox, policy account.Policy, keys, issuer string) *account.Service {
	t.Helper()
	tokens := must[*token.Tokens](t)(token.Open(keys, token.Options{Issuer: "test", Audience: "test", Now: time.Now}))
	hasher := must[*account.Hasher](t)(account.NewHasher(account.Params{Memory: 64, Passes: 1, Lanes: 1}, 2))
	identities := must[*oidc.Verifier](t)(oidc.New(oidc.Options{Issuer: issuer, Audiences: []string{oidctest.Audience, "frontend"}, Now: time.Now}))
	return must[*account.Service](t)(account.New(t.Context(), account.Options{
		Store: db.NewAccounts(d.DB, outbox), Tokens: tokens, Policy: policy, Hasher: hasher, Now: time.Now, Domains: []string{"nhs.net"}, HelpDesk: "help@desk.example",
		Identities: identities,
	}))
}

const password = "wholly unguessable 7"

// people makes the readers' accounts and signs them in through the graph.
func (s *service) people(accounts *account.Service) {
	s.t.Helper()
	trust := authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}
	other := authz.Area{Type: authz.AreaOrganisation, Code: "RR8"}
	hash := must[string](s.t)(accounts.HashPassword(s.t.Context(), password))
	for reader, a := range map[string]account.NewAccount{
		reporter:       {FirstName: "Asha", LastName: "Kapoor", Organisations: []string{"RGT"}},
		colleague:      {FirstName: "Tomasz", LastName: "Wilczek", Organisations: []string{"RGT"}},
		organisational: {FirstName: "Bethan", LastName: "Prosser", Organisations: []string{"RGT"}, Grants: []account.NewGrant{{Role: authz.Organisational, Area: trust}}},
		admin:          {FirstName: "Kwame", LastName: "Asante", Organisations: []string{"RGT"}, Grants: []account.NewGrant{{Role: authz.Admin, Area: trust}}},
		readOnlyICB:    {FirstName: "Mei", LastName: "Zhang", Grants: []account.NewGrant{{Role: authz.ReadOnly, Area: authz.Area{Type: authz.AreaICB, Code: "QUE"}}}},
		heir:           {FirstName: "Ifan", LastName: "Morris", Grants: []account.NewGrant{{Role: authz.ReadOnly, Area: authz.Area{Type: authz.AreaICB, Code: "QMM"}}}},
		readOnlyRegion: {FirstName: "Seun", LastName: "Bello", Grants: []account.NewGrant{{Role: authz.ReadOnly, Area: authz.Area{Type: authz.AreaRegion, Code: "Y61"}}}},
		elsewhere:      {FirstName: "Imran", LastName: "Qureshi", Organisations: []string{"RR8"}, Grants: []account.NewGrant{{Role: authz.Organisational, Area: other}}},
		adminElsewhere: {FirstName: "Eleanor", LastName: "Ashworth", Organisations: []string{"RR8"}, Grants: []account.NewGrant{{Role: authz.Admin, Area: other}}},
		lead:           {FirstName: "Margaret", LastName: "Holloway", Grants: []account.NewGrant{{Role: authz.NationalLead, Area: authz.Area{Type: authz.AreaNational}}}},
	} {
		a.Email, a.PasswordHash, a.Status = strings.ReplaceAll(reader, " ", ".")+"@staff.example", hash, account.Active
		if _, problems, err := accounts.Create(s.t.Context(), []account.NewAccount{a}); err != nil || len(problems) > 0 {
			s.t.Fatalf("making the account of %s: %v %v", reader, problems, err)
		}
		answer := s.ask(nobody, `mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }`,
			map[string]any{"input": map[string]any{"email": a.Email, "password": password}})
		s.tokens[reader] = dig[string](s.t, answer, "data", "signIn", "session", "accessToken")
	}
}

// raw sends a document as a reader and answers the body.
func (s *service) raw(reader, document string, variables map[string]any) string {
	s.t.Helper()
	body := must[[]byte](s.t)(json.Marshal(map[string]any{"query": document, "variables": variables}))
	request := must[*http.Request](s.t)(http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.server.URL+"/graphql", bytes.NewReader(body)))
	request.Header.Set("Content-Type", "application/json")
	if t := s.tokens[reader]; t != "" {
		request.Header.Set("Authorization", "Bearer "+t)
	}
	response := must[*http.Response](s.t)(http.DefaultClient.Do(request))
	defer response.Body.Close()
	return string(must[[]byte](s.t)(io.ReadAll(response.Body)))
}

func (s *service) ask(reader, document string, variables map[string]any) map[string]any {
	s.t.Helper()
	body := s.raw(reader, document, variables)
	var answer map[string]any
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		s.t.Fatalf("%s was answered %s", reader, body)
	}
	return answer
}

// record records an event and answers its id and reference.
func (s *service) record(reader string, input map[string]any) (id, reference string) {
	s.t.Helper()
	answer := s.ask(reader, `mutation($event: EventInput!) { recordEvent(input: {event: $event}) { event { id reference } userErrors { path message } } }`,
		map[string]any{"event": input})
	recorded := dig[map[string]any](s.t, answer, "data", "recordEvent", "event")
	return recorded["id"].(string), recorded["reference"].(string)
}

// dig answers what stands at a path of an answer.
func dig[T any](t *testing.T, value any, path ...string) T {
	t.Helper()
	for _, key := range path {
		object, ok := value.(map[string]any)
		if !ok {
			t.Fatalf("nothing at %v in %v", path, value)
		}
		value = object[key]
	}
	found, ok := value.(T)
	if !ok {
		t.Fatalf("%v at %v is a %T", value, path, value)
	}
	return found
}
