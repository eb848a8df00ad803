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
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/redaction"
)

// maxDraws bounds how often a taken reference is drawn again: with 45 bits of
// chance a second draw is rare, a fourth means a broken source.
const maxDraws = 4

// Record records an event for the account that asks, and answers it as that
// account sees it. The same idempotency key with the same input answers with
// the same event; with other input it is a CONFLICT.
func (s *Service) Record(ctx context.Context, in Input, idempotencyKey *string) (*View, fault.Problems, error) {
	return s.recordOnce(ctx, in, idempotencyKey, time.Time{})
}

// RecordForADay records as Record does, under a key that counts for a day.
func (s *Service) RecordForADay(ctx context.Context, in Input, idempotencyKey string) (*View, fault.Problems, error) {
	return s.recordOnce(ctx, in, &idempotencyKey, s.now().Add(-24*time.Hour))
}

func (s *Service) recordOnce(ctx context.Context, in Input, idempotencyKey *string, since time.Time) (*View, fault.Problems, error) {
	author := authz.FromContext(ctx)
	if err := s.may(ctx, author, authz.RecordEvent); err != nil {
		return nil, nil, err
	}
	unusable := checkKey(idempotencyKey)
	var key *IdempotencyKey
	if idempotencyKey != nil && len(unusable) == 0 {
		key = s.key(author.ID, *idempotencyKey, &in)
		key.Since = since
		if first, known, err := s.store.RecordedUnder(ctx, *key); err != nil || known {
			return s.recorded(ctx, first, err)
		}
	}
	if problems := append(s.Check(&in, author.Organisations), unusable...); len(problems) > 0 {
		return nil, problems, nil
	}
	submission, err := s.prepare(ctx, &in, author)
	if err != nil {
		return nil, nil, err
	}
	submission.Key = key
	inserted, err := s.insert(ctx, submission)
	return s.recorded(ctx, inserted, err)
}

// recorded is how its reporter sees what was recorded, now or under the same key
// before. A retry is not validated again: what has changed since, such as the
// reporter's profile, makes no other event of it.
func (s *Service) recorded(ctx context.Context, inserted Inserted, err error) (*View, fault.Problems, error) {
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

// Check answers every problem of what somebody with a profile records.
func (s *Service) Check(in *Input, profile []string) fault.Problems {
	return s.checking(in, profile).all()
}

// checking is a check of what somebody with a profile records.
func (s *Service) checking(in *Input, profile []string) *check {
	return &check{
		in: in, codes: s.taxonomy.Latest(), exists: s.geography.Exists,
		now: s.now().In(s.zone), profile: profile,
	}
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
	known, err := s.namesAround(ctx, in, author)
	if err != nil {
		return Submission{}, err
	}
	return s.Prepare(in, author, s.instant(), known)
}

// namesAround answers the names that the accounts around a record know,
// and settles the reporter's organisation where there is only one.
func (s *Service) namesAround(ctx context.Context, in *Input, author authz.Principal) ([]redaction.Known, error) {
	if in.Organisation == nil && len(author.Organisations) == 1 {
		in.Organisation = &author.Organisations[0]
	}
	known, err := s.store.Colleagues(ctx, author.ID, organisationsOf(in))
	if err != nil {
		return nil, fmt.Errorf("gathering the names that the service knows: %w", err)
	}
	return known, nil
}

// contactOf answers what a reporter's contact details tell of who they are.
func contactOf(in *Input) []redaction.Known {
	if in.ReporterContact == nil {
		return nil
	}
	return []redaction.Known{{Role: roleContact, Other: []string{*in.ReporterContact}}}
}

// roleContact marks what the reporter's contact details tell the engine.
const roleContact = "contact"

// instant is now, as exactly as the database keeps it.
func (s *Service) instant() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

func organisationsOf(in *Input) []string {
	codes := append([]string{}, in.OccurredAtOrganisations...)
	if in.Organisation != nil {
		codes = append(codes, *in.Organisation)
	}
	return codes
}

// Prepare makes everything that a valid input of an author is kept as, but for
// the reference: row, patients, anonymised and sealed texts. known are the names
// that the accounts around it know.
func (s *Service) Prepare(in *Input, author authz.Principal, at time.Time, known []redaction.Known) (Submission, error) {
	status, _ := after(statusNone, Recording)
	return s.submission(gid.New(), status, in, author, at, known)
}

// submission makes everything that a valid input is kept as once submitted.
func (s *Service) submission(id uuid.UUID, status Status, in *Input, author authz.Principal, at time.Time, known []redaction.Known) (Submission, error) {
	texts := in.texts()
	a := s.anonymise(texts, nil, redaction.Context{Known: slices.Concat(known, contactOf(in))}, nil)
	maps.Copy(texts, in.sealedOnly())
	typed := original{Texts: texts, Spans: a.spans}
	typed.remember()
	sealed, err := s.seal(TextKey{EventID: id, Revision: 1}, typed)
	if err != nil {
		return Submission{}, fmt.Errorf("sealing the texts of an event: %w", err)
	}
	patients := patientRecords(id, in)
	row := Row{
		Record: Record{
			ID: id, Status: status, Source: SourceOnline, TaxonomyVersion: s.taxonomy.Latest().Number(), Revision: 1,
			RecordedAt: &at, UpdatedAt: at, Texts: a.texts,
		},
		RedactionVersion: a.version,
		Author:           author,
	}
	if author.Kind == authz.Client {
		row.Source = SourceLrms
	}
	row.putContent(in, patients)
	return Submission{
		Row: row, Patients: patients, Original: sealed, Audited: true,
		Elsewhere: s.elsewhere(&row, row.Organisation, row.OccurredAtOrganisations),
	}, nil
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
