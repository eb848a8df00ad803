package policies

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"lfpse/internal/authz"
)

// key is what a decision rests on, beside the rules themselves, which stay the
// same as long as the process runs.
type key struct {
	kind   authz.Kind
	id     uuid.UUID
	grants int64 // version of the principal's grants, organisations and status
	// holds is what they are. The version alone would not do: of two services whose
	// clocks differ, one reads a grant that has just begun and the other does not, of one version.
	holds [sha256.Size]byte
	areas int64 // version of the map
	about string
}

func (k key) String() string {
	return fmt.Sprintf("%s/%s/%d/%x/%d/%s", k.kind, k.id, k.grants, k.holds, k.areas, k.about)
}

// holdings sums up the grants and organisations of a principal.
func holdings(p authz.Principal) [sha256.Size]byte {
	sum := make([]byte, 0, 256)
	for _, g := range p.Grants {
		sum = append(sum, g.ID[:]...)
		sum = binary.BigEndian.AppendUint64(sum, uint64(g.From.UnixMicro()))
		sum = binary.BigEndian.AppendUint64(sum, uint64(g.Until.UnixMicro()))
		for _, word := range []string{string(g.Role), string(g.Area.Type), g.Area.Code} {
			sum = append(append(sum, word...), 0)
		}
	}
	sum = append(sum, 0)
	for _, code := range p.Organisations {
		sum = append(append(sum, code...), 0)
	}
	return sha256.Sum256(sum)
}

// decision is a scope or, of an action, whether it is allowed.
type decision struct {
	scope   authz.Scope
	allowed bool
	until   time.Time // zero for ever
}

func (d decision) stands(now time.Time) bool { return d.until.IsZero() || now.Before(d.until) }

// decisions keeps the decisions used last, until a date in them passes. Several
// who ask at once for what is not kept wait for one evaluation.
type decisions struct {
	kept    *lru.Cache[key, decision]
	ongoing singleflight.Group
}

func newDecisions(size int) (*decisions, error) {
	kept, err := lru.New[key, decision](size)
	if err != nil {
		return nil, fmt.Errorf("making room for decisions: %w", err)
	}
	return &decisions{kept: kept}, nil
}

// get answers a decision that stands. Failures are not kept. An evaluation goes
// on when the request that began it ends, since others may wait for it.
func (d *decisions) get(ctx context.Context, k key, now time.Time,
	evaluate func(context.Context) (decision, error),
) (decision, error) {
	if kept, ok := d.kept.Get(k); ok && kept.stands(now) {
		return kept, nil
	}
	result, err, _ := d.ongoing.Do(k.String(), func() (any, error) {
		made, err := evaluate(context.WithoutCancel(ctx))
		if err != nil {
			return decision{}, err
		}
		d.kept.Add(k, made)
		return made, nil
	})
	if err != nil {
		return decision{}, err
	}
	return result.(decision), nil
}
