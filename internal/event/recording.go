package event

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/redaction"
	"lfpse/internal/taxonomy"
)

// maxDraws bounds how often a taken reference is drawn again: with 45 bits of
// chance a second draw is rare, a fourth means a broken source.
const maxDraws = 4

// Record records an event for the account that asks, and answers it as that
// account sees it. The same idempotency key with the same input answers with
// the same event; with other input it is a CONFLICT.
func (s *Service) Record(ctx context.Context, in Input, idempotencyKey *string) (*View, fault.Problems, error) {
	author := authz.FromContext(ctx)
	if err := s.may(ctx, author, authz.RecordEvent); err != nil {
		return nil, nil, err
	}
	problems := s.check(&in, author.Organisations, false)
	problems = append(problems, checkKey(idempotencyKey)...)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	submission, err := s.prepare(ctx, &in, author)
	if err != nil {
		return nil, nil, err
	}
	if idempotencyKey != nil {
		submission.Key = s.key(author.ID, *idempotencyKey, &in)
	}
	inserted, err := s.insert(ctx, submission)
	if err != nil {
		return nil, nil, err
	}
	if !inserted.SameContent {
		return nil, nil, fault.New(fault.Conflict, "This idempotencyKey was used with another input; take a new one for a new event.")
	}
	views, err := s.FindByID(ctx, []uuid.UUID{inserted.ID})
	if err != nil {
		return nil, nil, err
	}
	return views[0], nil, nil
}

// insert writes a submission, drawing another reference while the one drawn is taken.
func (s *Service) insert(ctx context.Context, submission Submission) (Inserted, error) {
	for range maxDraws {
		reference, err := NewReference()
		if err != nil {
			return Inserted{}, err
		}
		submission.Row.Reference = reference
		inserted, err := s.store.Insert(ctx, submission)
		if errors.Is(err, ErrReferenceTaken) {
			continue
		}
		if err != nil {
			return Inserted{}, fmt.Errorf("recording an event: %w", err)
		}
		return inserted, nil
	}
	return Inserted{}, fmt.Errorf("recording an event: %d references drawn, all taken", maxDraws)
}

// may answers an error unless policy lets p do the action.
func (s *Service) may(ctx context.Context, p authz.Principal, action authz.Action) error {
	allowed, err := s.policy.May(ctx, p, action)
	if err != nil {
		return fmt.Errorf("deciding on %s: %w", action, err)
	}
	if allowed {
		return nil
	}
	if p.Kind == authz.Anonymous || p.Kind == "" {
		return fault.New(fault.Unauthenticated, "Sign in first.")
	}
	return fault.New(fault.Forbidden, "Your account may not do this.")
}

func (s *Service) check(in *Input, profile []string, anonymous bool) fault.Problems {
	c := check{
		in: in, codes: s.taxonomy.Latest(), exists: s.geography.Exists,
		now: s.now().In(s.zone), anonymous: anonymous, profile: profile,
	}
	return c.all()
}

func checkKey(key *string) fault.Problems {
	var problems fault.Problems
	if key == nil {
		return nil
	}
	if length := utf8.RuneCountInString(*key); length == 0 || length > MaxIdempotencyKey {
		problems.Addf(fault.Invalid, []string{"idempotencyKey"}, "Between 1 and %d characters.", MaxIdempotencyKey)
	}
	return problems
}

// prepare makes everything that a valid input is kept as. Its reference is drawn later.
func (s *Service) prepare(ctx context.Context, in *Input, author authz.Principal) (Submission, error) {
	if in.Organisation == nil && len(author.Organisations) == 1 {
		in.Organisation = &author.Organisations[0]
	}
	known, err := s.store.Colleagues(ctx, author.ID, organisationsOf(in))
	if err != nil {
		return Submission{}, fmt.Errorf("gathering the names that the service knows: %w", err)
	}
	if in.ReporterContact != nil {
		known = append(known, redaction.Known{Role: "contact", Other: []string{*in.ReporterContact}})
	}
	return s.Prepare(in, author, s.now().UTC().Truncate(time.Microsecond), known)
}

func organisationsOf(in *Input) []string {
	codes := append([]string{}, in.OccurredAtOrganisations...)
	if in.Organisation != nil {
		codes = append(codes, *in.Organisation)
	}
	return codes
}

// Prepare makes everything that a valid input of an author is kept as, but for
// the reference: row, patients, anonymised and sealed texts. known are the names
// that the record and its accounts know.
func (s *Service) Prepare(in *Input, author authz.Principal, at time.Time, known []redaction.Known) (Submission, error) {
	id := gid.New()
	typed := in.texts()
	anonymised, version := s.anonymise(typed, known)
	maps.Copy(typed, in.sealedOnly())
	original, err := s.seal(TextKey{EventID: id, Revision: 1}, typed)
	if err != nil {
		return Submission{}, fmt.Errorf("sealing the texts of an event: %w", err)
	}
	patients := patientRecords(id, in)
	row := Row{
		Record: Record{
			ID: id, Kind: in.Kind, Status: StatusSubmitted, Source: SourceOnline,
			TaxonomyVersion: s.taxonomy.Latest().Number(), Revision: 1,
			OccurredOn: in.OccurredOn, OccurredAt: in.OccurredAt, RecordedAt: &at, UpdatedAt: at,
			Organisation: in.Organisation, OccurredAtOrganisations: in.OccurredAtOrganisations,
			ServiceAreas: in.ServiceArea, Specialty: in.Specialty, LevelOfConcern: in.LevelOfConcern,
			InvolvedAgents: in.InvolvedAgents, SafetyChallenges: in.SafetyChallenges,
			PhysicalHarm:      worst(physicalHarms(), patients, func(p PatientRecord) *PhysicalHarm { return p.PhysicalHarm }),
			PsychologicalHarm: worst(psychologicalHarms(), patients, func(p PatientRecord) *PsychologicalHarm { return p.PsychologicalHarm }),
			Details:           storedDetails(in),
			Texts:             anonymised,
		},
		RedactionVersion: version,
		Author:           author,
	}
	if in.OccurredOn != nil {
		first, last, _ := in.OccurredOn.Span()
		row.OccurredFrom, row.OccurredUntil = &first, &last
	}
	return Submission{Row: row, Patients: patients, Original: original, Audited: true}, nil
}

// incompleteRedaction is kept in place of the engine's version where a text
// could not be anonymised, so that the record is found and tried again.
const incompleteRedaction = "incomplete"

// anonymise redacts all texts of a record together, so that the same person
// bears the same placeholder in each. A text that could not be anonymised is
// left out: it stays hidden, and the record is not lost.
func (s *Service) anonymise(typed map[string]string, known []redaction.Known) (anonymised map[string]string, version string) {
	fields := make([]redaction.Field, 0, len(typed))
	for _, name := range sortedKeys(typed) {
		fields = append(fields, redaction.Field{Name: name, Text: typed[name]})
	}
	version = redaction.Version
	anonymised = make(map[string]string, len(fields))
	for i, result := range s.redactor.Redact(fields, redaction.Context{Known: known}) {
		if result.Err != nil {
			version = incompleteRedaction
			continue
		}
		anonymised[fields[i].Name] = result.Text
	}
	return anonymised, version
}

func patientRecords(id uuid.UUID, in *Input) []PatientRecord {
	records := make([]PatientRecord, len(in.Patients))
	for i, sequence := range in.sequences() {
		p := in.Patients[i]
		records[i] = PatientRecord{
			EventID: id, Sequence: sequence, AgeBracket: p.AgeBracket, Gender: p.Gender, Ethnicity: p.Ethnicity,
			PhysicalHarm: p.PhysicalHarm, PsychologicalHarm: p.PsychologicalHarm,
			StrengthOfAssociation: p.StrengthOfAssociation,
		}
		if p.Age != nil {
			bracket := taxonomy.AgeBracketOf(p.Age.Value, string(p.Age.Unit))
			records[i].AgeValue, records[i].AgeUnit, records[i].AgeBracket = &p.Age.Value, &p.Age.Unit, &bracket
		}
	}
	return records
}

// key makes what is kept of an idempotency key: hashes under the service's
// secret, because what they are made of holds free text.
func (s *Service) key(principal uuid.UUID, key string, in *Input) *IdempotencyKey {
	return &IdempotencyKey{
		PrincipalID: principal,
		KeyHash:     s.hash("key", []byte(key)),
		ContentHash: s.hash("content", content(in)),
	}
}

func content(in *Input) []byte {
	b, err := json.Marshal(in)
	if err != nil { // strings, numbers and booleans only: it cannot fail
		panic(fmt.Sprintf("event: an input does not survive JSON: %T", err))
	}
	return b
}

// hash is a keyed hash of parts, each bounded by its length.
func (s *Service) hash(purpose string, parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, s.secret)
	fmt.Fprintf(mac, "%s:", purpose)
	for _, part := range parts {
		fmt.Fprintf(mac, "%d:", len(part))
		mac.Write(part)
	}
	return mac.Sum(nil)
}

func randomSalt() ([]byte, error) {
	salt := make([]byte, sha256.Size)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("drawing a salt: %w", err)
	}
	return salt, nil
}
