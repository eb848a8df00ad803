package pages

import (
	"context"
	"net/http"
	"net/netip"

	"lfpse/internal/account"
	"lfpse/internal/fault"
)

// over is what whoever has a link reads that is not good.
func over(again string) shown {
	return message(http.StatusGone, "This link is no longer good",
		"A link works once, and not for ever. It may have been used already, or another mail may have followed it.", again)
}

func isDone(r *http.Request) bool { return r.Method != http.MethodPost && r.URL.Query().Has("done") }

// isOver tells whether the link is what is wrong.
func isOver(problems fault.Problems) bool {
	return len(problems) > 0 && problems[0].Code == fault.Expired
}

func (p *pages) activate(r *http.Request) (shown, error) {
	if isDone(r) {
		return message(http.StatusOK, "Your account is active", "You can sign in now, with your e-mail address and the password that you chose."), nil
	}
	again := "Register again to be sent another."
	token := r.FormValue("token")
	registered, good, err := p.Accounts.LinkShows(r.Context(), account.ToActivate, token)
	if err != nil {
		return shown{}, err
	}
	if !good {
		return over(again), nil
	}
	form := shown{
		template: "activate", Title: "Activate your account", Action: "activate", Token: token,
		Name: registered.Name, Email: registered.Email, Offered: account.SecurityQuestions(), Chosen: r.PostFormValue("securityQuestion"),
	}
	if r.Method != http.MethodPost {
		return form, nil
	}
	_, form.Problems, err = p.Accounts.Activate(r.Context(), account.Activation{
		Token: token, Password: r.PostFormValue("password"), Question: form.Chosen, Answer: r.PostFormValue("securityAnswer"), Quietly: true,
	})
	if isOver(form.Problems) {
		return over(again), nil
	}
	form.done = err == nil && len(form.Problems) == 0
	return form, err
}

func (p *pages) reset(r *http.Request) (shown, error) {
	if isDone(r) {
		return message(http.StatusOK, "Your password is changed", "You can sign in now, with the password that you chose. Everywhere else you were signed out."), nil
	}
	token := r.FormValue("token")
	if token == "" {
		return p.ask(r, "reset", "Choose a new password", p.Accounts.RequestReset)
	}
	again := "You can ask for another on the page without the link's code."
	registered, good, err := p.Accounts.LinkShows(r.Context(), account.ToReset, token)
	if err != nil {
		return shown{}, err
	}
	if !good {
		return over(again), nil
	}
	question, err := p.Accounts.ResetQuestion(r.Context(), token)
	if err != nil {
		return shown{}, err
	}
	form := shown{template: "reset", Title: "Choose a new password", Action: "reset", Token: token, Email: registered.Email}
	if question != nil {
		form.Question = *question
	}
	if r.Method != http.MethodPost {
		return form, nil
	}
	_, form.Problems, err = p.Accounts.ResetPassword(r.Context(), account.Reset{
		Token: token, Answer: r.PostFormValue("securityAnswer"), Password: r.PostFormValue("password"), From: p.Remote(r), Quietly: true,
	})
	if isOver(form.Problems) {
		return over(again), nil
	}
	form.done = err == nil && len(form.Problems) == 0
	return form, err
}

func (p *pages) unlock(r *http.Request) (shown, error) {
	if isDone(r) {
		return message(http.StatusOK, "Your account is unlocked", "You can sign in now, with the password that you had."), nil
	}
	token := r.FormValue("token")
	if token == "" {
		return p.ask(r, "unlock", "Unlock your account", p.Accounts.RequestUnlock)
	}
	again := "You can ask for another on the page without the link's code."
	if r.Method != http.MethodPost {
		registered, good, err := p.Accounts.LinkShows(r.Context(), account.ToUnlock, token)
		if err == nil && !good {
			return over(again), nil
		}
		return shown{template: "unlock", Title: "Unlock your account", Action: "unlock", Token: token, Email: registered.Email}, err
	}
	problems, err := p.Accounts.UnlockAccount(r.Context(), token)
	if len(problems) > 0 {
		return over(again), nil
	}
	return shown{Action: "unlock", done: err == nil}, err
}

// ask is the form for whoever has no link yet. Its answer is the same for every
// address.
func (p *pages) ask(r *http.Request, action, title string, request func(context.Context, string, netip.Addr) (fault.Problems, error)) (shown, error) {
	form := shown{template: "ask", Title: title, Action: action}
	if r.Method != http.MethodPost {
		return form, nil
	}
	var err error
	form.Problems, err = request(r.Context(), r.PostFormValue("email"), p.Remote(r))
	if err != nil || len(form.Problems) > 0 {
		return form, err
	}
	return message(http.StatusOK, "Look for a mail", "If there is an account with this address, a link is on its way. It comes within a few minutes, and works for an hour."), nil
}
