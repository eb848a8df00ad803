package main

import (
	"strings"

	"lfpse/internal/account"
)

// joining says who may join without being looked at, and how passwords are
// hashed.
type joining struct {
	Domains  []string `name:"recognised-domains" help:"Domains of e-mail addresses that need no approval, separated by commas; one that begins with a dot stands for all below it." default:"nhs.net" env:"LFPSE_RECOGNISED_DOMAINS"`
	HelpDesk string   `name:"help-desk" help:"The e-mail address that feedback goes to." env:"LFPSE_HELP_DESK" placeholder:"ADDRESS"`
	Memory   uint32   `name:"argon2-memory" help:"How much memory one password hash takes, in KiB. Passwords are hashed anew when their owners sign in." default:"19456" env:"LFPSE_ARGON2_MEMORY"`
	Passes   uint32   `name:"argon2-passes" help:"How many passes it makes." default:"2" env:"LFPSE_ARGON2_PASSES"`
	Lanes    uint8    `name:"argon2-lanes" help:"How many lanes it has." default:"1" env:"LFPSE_ARGON2_LANES"`
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
