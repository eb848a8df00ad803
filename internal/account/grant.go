package account

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/gid"
)

// Grant is a role on an area that an account holds: the graph's Grant.
type Grant struct {
	UUID      uuid.UUID
	Account   uuid.UUID
	Role      authz.Role
	Area      authz.Area
	GrantedAt time.Time
	GrantedBy uuid.UUID // zero: the service itself
	Until     time.Time // zero: open-ended
	// Automatic tells that it came with an address of the area's own body.
	Automatic bool
}

// ID is the grant's id in the graph.
func (g *Grant) ID() string { return gid.Format(gid.Grant, g.UUID) }

// standardGrants are the grants that no table holds: every active account is
// standard for each organisation on its profile. Their ids follow from account
// and organisation, so that they are the same each time.
func standardGrants(r Record) []*Grant {
	if r.Status != Active {
		return nil
	}
	grants := make([]*Grant, len(r.Organisations))
	for i, code := range r.Organisations {
		grants[i] = &Grant{
			UUID:      standardID(r.ID, code),
			Account:   r.ID,
			Role:      authz.Standard,
			Area:      authz.Area{Type: authz.AreaOrganisation, Code: code},
			GrantedAt: r.CreatedAt,
		}
	}
	return grants
}

// standardID is the id of an account's standard grant on an organisation.
func standardID(account uuid.UUID, code string) uuid.UUID {
	return uuid.NewSHA1(account, []byte(string(authz.Standard)+" "+code))
}

// grantable tells whether a stored role is given on a type of area. STANDARD is
// not stored: it follows from the profile.
func grantable(role authz.Role, area authz.AreaType) bool {
	local := []authz.AreaType{authz.AreaOrganisation, authz.AreaICB, authz.AreaRegion}
	areas := map[authz.Role][]authz.AreaType{
		authz.Organisational: local,
		authz.Admin:          local,
		authz.ReadOnly:       local,
		authz.NationalLead:   {authz.AreaNational},
	}
	return slices.Contains(areas[role], area)
}
