// Package sample makes sample data: accounts and events of all kinds for real trusts, in
// a plausible mix, with narratives full of invented people. The service itself prepares what is
// written. The same seed makes the same accounts and, on the same day, the same events, ids apart.
package sample

import (
	"strings"

	"lfpse/internal/account"
	"lfpse/internal/authz"
)

// Person is a sample account that somebody can sign in to.
type Person struct {
	Role                       authz.Role
	Area                       authz.Area
	FirstName, LastName, Email string
	JobRole                    string
	// Organisation is the ODS code on the profile; empty for none.
	Organisation string
	// Granted is false for a role that follows from the profile.
	Granted bool
}

// The two trusts of the sample accounts lie in different regions.
const (
	firstTrust  = "RGT"
	firstICB    = "QUE"
	firstRegion = "Y61"
	otherTrust  = "RR8"
)

// leadEmail is the address of the sample account of a national lead.
const leadEmail = "margaret.holloway@demo.example"

// People lists the sample accounts that somebody can sign in to.
func People() []Person {
	first := authz.Area{Type: authz.AreaOrganisation, Code: firstTrust}
	other := authz.Area{Type: authz.AreaOrganisation, Code: otherTrust}
	return []Person{
		{authz.Standard, first, "Asha", "Kapoor", "asha.kapoor@demo.example", "Staff nurse", firstTrust, false},
		{authz.Standard, first, "Tomasz", "Wilczek", "tomasz.wilczek@demo.example", "Pharmacist", firstTrust, false},
		{authz.Organisational, first, "Bethan", "Prosser", "bethan.prosser@demo.example", "Patient safety officer", firstTrust, true},
		{authz.Admin, first, "Kwame", "Asante", "kwame.asante@demo.example", "Head of patient safety", firstTrust, true},
		{authz.Standard, other, "Siobhan", "Kearney", "siobhan.kearney@demo.example", "Midwife", otherTrust, false},
		{authz.Organisational, other, "Imran", "Qureshi", "imran.qureshi@demo.example", "Patient safety officer", otherTrust, true},
		{authz.Admin, other, "Eleanor", "Ashworth", "eleanor.ashworth@demo.example", "Head of patient safety", otherTrust, true},
		{authz.ReadOnly, authz.Area{Type: authz.AreaICB, Code: firstICB}, "Mei", "Zhang", "mei.zhang@demo.example", "Quality manager", "", true},
		{authz.ReadOnly, authz.Area{Type: authz.AreaRegion, Code: firstRegion}, "Oluwaseun", "Bello", "oluwaseun.bello@demo.example", "Patient safety specialist", "", true},
		{authz.NationalLead, authz.Area{Type: authz.AreaNational}, "Margaret", "Holloway", leadEmail, "National reporting lead", "", true},
	}
}

func (p Person) account(hash string) account.NewAccount {
	a := account.NewAccount{
		Email: p.Email, FirstName: p.FirstName, LastName: p.LastName, JobRole: p.JobRole,
		PasswordHash: hash, Status: account.Active,
	}
	if p.Organisation != "" {
		a.Organisations = []string{p.Organisation}
	}
	if p.Granted {
		a.Grants = []account.NewGrant{{Role: p.Role, Area: p.Area}}
	}
	return a
}

func plainLetters(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, strings.ToLower(name))
}
