package main

import (
	"fmt"
	"strings"
	"time"

	"lfpse/internal/account"
	"lfpse/internal/oidc"
)

// joining says who may join without being looked at, and how passwords are
// hashed.
type joining struct {
	Domains  []string `name:"recognised-domains" help:"Domains of e-mail addresses that need no approval, separated by commas; one that begins with a dot stands for all below it." default:"nhs.net" env:"LFPSE_RECOGNISED_DOMAINS"`
	HelpDesk string   `name:"help-desk" help:"The e-mail address that feedback goes to." env:"LFPSE_HELP_DESK" placeholder:"ADDRESS"`
	OIDC     openID   `embed:""`
	Memory   uint32   `name:"argon2-memory" help:"How much memory one password hash takes, in KiB. Passwords are hashed anew when their owners sign in." default:"19456" env:"LFPSE_ARGON2_MEMORY"`
	Passes   uint32   `name:"argon2-passes" help:"How many passes it makes." default:"2" env:"LFPSE_ARGON2_PASSES"`
	Lanes    uint8    `name:"argon2-lanes" help:"How many lanes it has." default:"1" env:"LFPSE_ARGON2_LANES"`
}

// openID says which OpenID provider's tokens are taken.
type openID struct {
	Issuer   string   `name:"oidc-issuer" help:"The OpenID provider whose tokens are taken, as its tokens name it. Without one, none are." env:"LFPSE_OIDC_ISSUER" placeholder:"URL"`
	Audience []string `name:"oidc-audience" help:"For whom its tokens must be: the service's name as a resource, a frontend's client id; separated by commas." env:"LFPSE_OIDC_AUDIENCE" placeholder:"NAME"`
}

// identities verifies the provider's tokens; nil where there is no provider.
func (o openID) identities() (account.Identities, error) {
	if o.Issuer == "" && len(o.Audience) == 0 {
		return nil, nil
	}
	verifier, err := oidc.New(oidc.Options{Issuer: o.Issuer, Audiences: o.Audience, Now: time.Now})
	if err != nil {
		return nil, fmt.Errorf("LFPSE_OIDC_ISSUER, LFPSE_OIDC_AUDIENCE: %w", err)
	}
	return verifier, nil
}

// ordinary is joining as nobody has set it otherwise.
func ordinary() joining {
	params := account.OWASPParams()
	return joining{Domains: []string{"nhs.net"}, Memory: params.Memory, Passes: params.Passes, Lanes: params.Lanes}
}

func (j joining) params() account.Params {
	return account.Params{Memory: j.Memory, Passes: j.Passes, Lanes: j.Lanes}
}

func (j joining) domains() []string {
	var domains []string
	for _, domain := range j.Domains {
		if domain = strings.ToLower(strings.TrimSpace(domain)); domain != "" {
			domains = append(domains, domain)
		}
	}
	return domains
}
