package pages

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// Requests are the requests for access that are decided about on a page.
type Requests interface {
	May(ctx context.Context, p authz.Principal, id uuid.UUID) (seen *accessrequest.Request, may bool, err error)
	Approve(ctx context.Context, p authz.Principal, id uuid.UUID, d accessrequest.Deciding) (*accessrequest.Request, fault.Problems, error)
	Reject(ctx context.Context, p authz.Principal, id uuid.UUID, d accessrequest.Deciding) (*accessrequest.Request, fault.Problems, error)
}

// asked is a request for access as its page shows it.
type asked struct {
	Name, JobRole, Email string
	Role, Area           string
	Reason               string
	Agreement            string
	On                   string
	Outcome              string // empty while it waits
	DecidedBy            string
	DecisionReason       string
}

// request is the page of one request for access. The link in a mail lets nobody
// see or decide anything: whoever follows it signs in here first, by the checks
// of every other sign-in, and each form carries the session on to the next. There
// is no cookie; the session ends with the decision.
func (p *pages) request(r *http.Request) (shown, error) {
	form := shown{template: "signin", Title: "A request for access", Action: r.PathValue("id"), Root: "../"}
	if r.Method != http.MethodPost {
		return form, nil
	}
	who, token, problems, err := p.whoDecides(r)
	if err != nil || len(problems) > 0 {
		form.Problems = problems
		return form, err
	}
	id, _ := gid.ParseAs(gid.AccessRequest, form.Action)
	shows, err := p.decide(r, who, id, token)
	if err != nil || shows.Token == "" {
		// Nothing more is asked on this page.
		if _, ended := p.Accounts.SignOut(r.Context(), who); ended != nil && err == nil {
			err = ended
		}
	}
	shows.Action, shows.Root = form.Action, form.Root
	return shows, err
}

// whoDecides names who sends a form: by the session that an earlier form began,
// or by what they sign in with.
func (p *pages) whoDecides(r *http.Request) (account.Caller, string, fault.Problems, error) {
	if token := r.PostFormValue("token"); token != "" {
		who, err := p.Accounts.Authenticate(r.Context(), token)
		if fault.KindOf(err) == fault.Unauthenticated {
			var over fault.Problems
			over.Add(fault.Expired, "Your session is over. Please sign in again; nothing was decided.", "email")
			return account.Caller{}, "", over, nil
		}
		return who, token, nil, err
	}
	session, problems, err := p.Accounts.SignIn(r.Context(), account.Credentials{
		Email: r.PostFormValue("email"), Password: r.PostFormValue("password"), From: p.Remote(r),
	})
	if err != nil || session == nil {
		return account.Caller{}, "", problems, err
	}
	return session.Caller, session.AccessToken, nil, nil
}

// decide shows a request, and carries out what was decided of it.
func (p *pages) decide(r *http.Request, who account.Caller, id uuid.UUID, token string) (shown, error) {
	seen, may, err := p.Requests.May(r.Context(), who.Principal, id)
	if fault.KindOf(err) == fault.NotFound {
		return message(http.StatusNotFound, "There is no such request", "It may be that you cannot see it any more."), nil
	}
	if err != nil {
		return shown{}, err
	}
	var problems fault.Problems
	if may && seen.Status == accessrequest.Pending && r.PostFormValue("decision") != "" {
		decided, wrong, err := p.carryOut(r, who.Principal, id)
		if err != nil {
			return shown{}, err
		}
		if problems = wrong; decided != nil {
			seen = decided
		}
	}
	page := shown{template: "request", Title: "A request for access", Problems: problems, Reason: r.PostFormValue("reason"), Until: r.PostFormValue("until")}
	if page.Asked, err = p.asked(r.Context(), who.Principal, seen); err != nil {
		return shown{}, err
	}
	if may && seen.Status == accessrequest.Pending {
		page.Token = token
	}
	return page, nil
}

// carryOut decides as the form says.
func (p *pages) carryOut(r *http.Request, who authz.Principal, id uuid.UUID) (*accessrequest.Request, fault.Problems, error) {
	decision := accessrequest.Deciding{Reason: r.PostFormValue("reason")}
	if r.PostFormValue("decision") != "approve" {
		return p.Requests.Reject(r.Context(), who, id, decision)
	}
	if typed := r.PostFormValue("until"); typed != "" {
		day, err := time.Parse(time.DateOnly, typed)
		if err != nil {
			var problems fault.Problems
			problems.Add(fault.Invalid, "A day is written 2026-10-02.", "until")
			return nil, problems, nil
		}
		decision.Until = day
	}
	return p.Requests.Approve(r.Context(), who, id, decision)
}

// asked puts a request into words.
func (p *pages) asked(ctx context.Context, who authz.Principal, request *accessrequest.Request) (*asked, error) {
	ids := []uuid.UUID{request.Requester}
	if request.DecidedBy != nil {
		ids = append(ids, *request.DecidedBy)
	}
	people, err := p.Accounts.Named(ctx, who, ids)
	if err != nil {
		return nil, err
	}
	requester := people[request.Requester]
	shows := &asked{
		Name: requester.Name(), JobRole: valueOr(requester.JobRole()), Email: valueOr(requester.Email()),
		Role: roleWords(request.Role), Area: p.Areas.AreaName(request.Area), Reason: request.Reason, Agreement: valueOr(request.Agreement),
		On: request.RequestedAt.In(p.Areas.Zone()).Format("2 January 2006"), DecisionReason: valueOr(request.DecisionReason),
		Outcome: map[accessrequest.Status]string{
			accessrequest.Approved: "Approved", accessrequest.Rejected: "Not approved", accessrequest.Cancelled: "Cancelled",
		}[request.Status],
	}
	if request.DecidedBy != nil && people[*request.DecidedBy] != nil {
		shows.DecidedBy = people[*request.DecidedBy].Name()
	}
	return shows, nil
}

// roleWords says what a role lets its holder do.
func roleWords(role authz.Role) string {
	return map[authz.Role]string{
		authz.Organisational: "to see, update and review what was recorded (organisational)",
		authz.Admin:          "that, and to answer national policy and decide about access (admin)",
		authz.ReadOnly:       "to read what was recorded, without people (read-only)",
	}[role]
}

func valueOr(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
