package account

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
)

const (
	auditRegistered audit.Action = "account.registered"
	auditAgain      audit.Action = "account.registered_again"

	// LeadsTold is how often national leads are told at most that registrations
	// wait: a mail each would let anybody flood them.
	LeadsTold = time.Hour
)

// JobRoles are the job roles to choose from.
func JobRoles() []string {
	return []string{
		"Administrator", "Allied health professional", "Ambulance or paramedic staff", "Care home manager", "Care worker",
		"Clinical governance lead", "Commissioner", "Dental nurse", "Dentist", "Director or executive", "Doctor",
		"General practitioner", "Health and safety manager", "Health visitor", "Healthcare assistant", "Healthcare scientist",
		"Manager", "Medication safety officer", "Medical device safety officer", "Midwife", "Nurse", "Nursing associate",
		"Optometrist", "Patient safety partner", "Patient safety specialist", "Pharmacist", "Pharmacy technician",
		"Practice manager", "Psychologist or therapist", "Radiographer", "Risk manager", "Social worker", "Student or trainee",
		"Volunteer", "Other",
	}
}

// Registration is what somebody gives who wants an account.
type Registration struct {
	FirstName         string
	LastName          string
	Email             string
	ConfirmEmail      string
	JobRole           string
	Organisation      string // an ODS code; empty where it is in words
	OtherOrganisation string // in words
	AcceptTerms       bool
}

// Asked is something that somebody asked for an address without being known.
// It is written down as it came and looked at later (Answer): what is answered
// at once is the same for an address that has an account and one that has not,
// since nobody has looked.
type Asked struct {
	What         Question
	Email        string
	Registration *Registration
	At           time.Time
}

// Question is what can be asked for an address.
type Question string

// The questions.
const (
	AskAccount Question = "account"
	AskReset   Question = "reset"
	AskUnlock  Question = "unlock"
)

// Register begins the making of an account. Problems are of the input alone:
// whether the address has an account already is told to its owner, by mail.
func (s *Service) Register(ctx context.Context, r Registration, from netip.Addr) (fault.Problems, error) {
	problems, err := s.checkRegistration(ctx, r)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	r.Email, _ = ParseEmail(r.Email)
	return nil, s.ask(ctx, Asked{What: AskAccount, Email: r.Email, Registration: &r}, from)
}

// ask writes down what was asked for an address.
func (s *Service) ask(ctx context.Context, a Asked, from netip.Addr) error {
	if err := s.throttle.admitAsking(a.Email, from); err != nil {
		return err
	}
	a.At = s.instant()
	if err := s.store.Ask(ctx, a); err != nil {
		return fmt.Errorf("writing down what was asked: %w", err)
	}
	return nil
}

// Answer looks at what was asked, and has the address's owner told. What was
// asked may be looked at twice, where the service was killed in between.
func (s *Service) Answer(ctx context.Context, a Asked) error {
	stored, err := s.store.CredentialsByEmail(ctx, a.Email)
	if err != nil {
		return fmt.Errorf("answering what was asked: %w", err)
	}
	switch a.What {
	case AskAccount:
		err = s.answerRegistration(ctx, a, stored)
	case AskReset:
		err = s.answerReset(ctx, a, stored)
	case AskUnlock:
		err = s.answerUnlock(ctx, a, stored)
	default:
		err = errors.New("it is no question of ours")
	}
	if err != nil {
		return fmt.Errorf("answering what was asked: %w", err)
	}
	return nil
}

func (s *Service) answerRegistration(ctx context.Context, a Asked, stored Stored) error {
	if a.Registration == nil {
		return errors.New("there is no registration in it")
	}
	switch stored.Status {
	case "":
		return s.register(ctx, a)
	case AwaitingActivation:
		return s.registerAgain(ctx, a, stored)
	case AwaitingApproval:
		return s.tell(ctx, stored, a.At, notification.Mail{Kind: notification.AwaitingApproval, To: stored.Email})
	default:
		return s.tell(ctx, stored, a.At, notification.Mail{Kind: notification.AddressKnown, To: stored.Email})
	}
}

// tell has an account's owner told that somebody registered with the address.
func (s *Service) tell(ctx context.Context, stored Stored, at time.Time, mail notification.Mail) error {
	return s.change(ctx, Change{
		Account: stored.ID, In: []Status{stored.Status}, Mails: []notification.Mail{mail},
		Entries: []audit.Entry{{At: at, ActorKind: audit.Anonymous, Action: auditAgain, Subject: subject(stored.ID)}},
	})
}

// register makes the account: approved at once where the address's domain is
// recognised.
func (s *Service) register(ctx context.Context, a Asked) error {
	record := a.Registration.record(a.Email, a.At)
	record.ID, record.Status = gid.New(), AwaitingApproval
	if s.recognised(a.Email) {
		record.Status = AwaitingActivation
	}
	created := Registering{
		Created: Created{Record: record, Entries: []audit.Entry{{
			At: a.At, ActorKind: audit.Anonymous, Action: auditRegistered, Subject: subject(record.ID),
			Detail: map[string]string{"status": string(record.Status)},
		}}},
		TermsAccepted: a.At,
	}
	if err := s.introduce(ctx, &created); err != nil {
		return err
	}
	return s.store.Register(ctx, created)
}

// introduce adds the link and the mails of a registration.
func (s *Service) introduce(ctx context.Context, r *Registering) error {
	email := r.Record.Email
	if r.Record.Status == AwaitingActivation {
		link, mail, err := s.newLink(ToActivate, email)
		if err != nil {
			return err
		}
		r.Link, r.Mails = &link, append(r.Mails, mail)
	} else {
		r.Mails = append(r.Mails, notification.Mail{Kind: notification.AwaitingApproval, To: email})
	}
	if r.Record.Status == AwaitingActivation && r.Record.OtherOrganisation == "" {
		return nil
	}
	leads, err := s.store.LeadsToTell(ctx, s.instant().Add(-LeadsTold))
	if err != nil {
		return err
	}
	for _, lead := range leads {
		r.Mails = append(r.Mails, notification.Mail{Kind: notification.RegistrationToApprove, To: lead, About: subject(r.Record.ID)})
	}
	return nil
}

// registerAgain replaces what an account was registered with that nobody has
// activated: nobody has proved yet whose address it is, so the latest counts,
// and its link alone.
func (s *Service) registerAgain(ctx context.Context, a Asked, stored Stored) error {
	link, mail, err := s.newLink(ToActivate, stored.Email)
	if err != nil {
		return err
	}
	change := Change{
		Account: stored.ID, In: []Status{AwaitingActivation}, NewLink: &link, Mails: []notification.Mail{mail},
		Entries: []audit.Entry{{At: a.At, ActorKind: audit.Anonymous, Action: auditAgain, Subject: subject(stored.ID)}},
	}
	if s.recognised(a.Email) { // else a national lead has approved what it was registered with
		record := a.Registration.record(a.Email, a.At)
		change.Profile = &record
	}
	return s.change(ctx, change)
}

func (r Registration) record(email string, at time.Time) Record {
	record := Record{
		FirstName: strings.TrimSpace(r.FirstName), LastName: strings.TrimSpace(r.LastName), JobRole: r.JobRole,
		Private: true, Email: email, OtherOrganisation: strings.TrimSpace(r.OtherOrganisation), CreatedAt: at,
	}
	record.Organisations = []string{}
	if r.Organisation != "" {
		record.Organisations = append(record.Organisations, r.Organisation)
	}
	return record
}

// recognised tells whether an address is of a domain whose people need no
// approval. A domain that begins with a dot stands for all below it. A subaddress may be the
// second account of somebody who has one, who would then decide about what they asked
// for themselves: a national lead looks at it.
func (s *Service) recognised(email string) bool {
	if _, tagged := mailbox(email); tagged {
		return false
	}
	_, domain, _ := strings.Cut(email, "@")
	return slices.ContainsFunc(s.domains, func(d string) bool {
		if strings.HasPrefix(d, ".") {
			return strings.HasSuffix(domain, d)
		}
		return domain == d
	})
}

func (s *Service) checkRegistration(ctx context.Context, r Registration) (fault.Problems, error) {
	var problems fault.Problems
	checkName(&problems, r.FirstName, true, "firstName")
	checkName(&problems, r.LastName, true, "lastName")
	email, ok := ParseEmail(r.Email)
	if !ok {
		problems.Add(fault.Invalid, "This is not an e-mail address.", "email")
	}
	if again, _ := ParseEmail(r.ConfirmEmail); ok && again != email {
		problems.Add(fault.Invalid, "The two e-mail addresses are not the same.", "confirmEmail")
	}
	if !slices.Contains(JobRoles(), r.JobRole) {
		problems.Add(fault.UnknownCode, "Choose one of the job roles that are offered.", "jobRole")
	}
	if !r.AcceptTerms {
		problems.Add(fault.Required, "The terms have to be accepted.", "acceptTerms")
	}
	err := s.checkOrganisation(ctx, &problems, r)
	return problems, err
}

func (s *Service) checkOrganisation(ctx context.Context, problems *fault.Problems, r Registration) error {
	inWords := strings.TrimSpace(r.OtherOrganisation)
	switch {
	case r.Organisation == "" && inWords == "":
		problems.Add(fault.Required, "Give the organisation, by its code or in words.", "organisation")
	case r.Organisation != "" && inWords != "":
		problems.Add(fault.NotApplicable, "Give the organisation by its code or in words, not both.", "otherOrganisation")
	case inWords != "":
		checkName(problems, inWords, true, "otherOrganisation")
	default:
		return s.checkCode(ctx, problems, r.Organisation)
	}
	return nil
}

func (s *Service) checkCode(ctx context.Context, problems *fault.Problems, code string) error {
	unknown, err := s.store.UnknownAreas(ctx, []authz.Area{{Type: authz.AreaOrganisation, Code: code}})
	if err != nil {
		return fmt.Errorf("looking for an organisation: %w", err)
	}
	if len(unknown) > 0 {
		problems.Add(fault.UnknownCode, "There is no such organisation.", "organisation")
	}
	return nil
}
