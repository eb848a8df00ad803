package audit_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/internal/audit"
)

func kept(id int64, change func(*audit.Entry)) audit.Kept {
	e := audit.Entry{
		At: time.Date(2026, 11, 24, 9, 0, 0, 1000, time.UTC), ActorKind: audit.Account, ActorID: uuid.MustParse("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"),
		Action: "session.opened", Subject: "account_1", Detail: map[string]string{"a": "b", "c": "d"},
	}
	change(&e)
	return audit.Kept{ID: id, Entry: e}
}

func asItIs(*audit.Entry) {}

// Whoever verifies the trail with a program of their own needs the form to stay as it is.
func TestTheFormOfTheHashIsFixed(t *testing.T) {
	const want = "1:09987f3d8f204dc37f1564bb358b016b0fafeacc71d2aba1005f47d269fa6cf9"
	if got := (audit.Head{}).Next(kept(7, asItIs)).String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestEveryPartOfAnEntryIsInItsHash(t *testing.T) {
	seen := map[audit.Hash]string{}
	for name, e := range map[string]audit.Kept{
		"as it is":                   kept(7, asItIs),
		"another number":             kept(8, asItIs),
		"a microsecond later":        kept(7, func(e *audit.Entry) { e.At = e.At.Add(time.Microsecond) }),
		"another kind":               kept(7, func(e *audit.Entry) { e.ActorKind = audit.Client }),
		"another actor":              kept(7, func(e *audit.Entry) { e.ActorID[15]++ }),
		"no actor":                   kept(7, func(e *audit.Entry) { e.ActorID = uuid.Nil }),
		"another action":             kept(7, func(e *audit.Entry) { e.Action = "session.ended" }),
		"another subject":            kept(7, func(e *audit.Entry) { e.Subject = "account_2" }),
		"another value":              kept(7, func(e *audit.Entry) { e.Detail = map[string]string{"a": "b", "c": "e"} }),
		"values exchanged":           kept(7, func(e *audit.Entry) { e.Detail = map[string]string{"a": "d", "c": "b"} }),
		"a detail less":              kept(7, func(e *audit.Entry) { delete(e.Detail, "a") }),
		"two details written as one": kept(7, func(e *audit.Entry) { e.Detail = map[string]string{"a": "bcd"} }),
		"a letter moved":             kept(7, func(e *audit.Entry) { e.Action, e.Subject = "session.openeda", "ccount_1" }),
	} {
		hash := (audit.Head{}).Next(e).Hash
		if other, known := seen[hash]; known {
			t.Errorf("%s and %s have one hash", name, other)
		}
		seen[hash] = name
	}
	t.Run("and so is the hash before it", func(t *testing.T) {
		if after := (audit.Head{Hash: audit.Hash{1}}).Next(kept(7, asItIs)).Hash; seen[after] != "" {
			t.Error("another chain has the same hash")
		}
	})
	t.Run("the zone of its time is not", func(t *testing.T) {
		zoned := kept(7, func(e *audit.Entry) { e.At = e.At.In(time.FixedZone("elsewhere", 3600)) })
		if seen[(audit.Head{}).Next(zoned).Hash] != "as it is" {
			t.Error("the same instant has another hash")
		}
	})
}

func TestHeadsAreReadAsTheyAreWritten(t *testing.T) {
	head := (audit.Head{Sequence: 41}).Next(kept(7, asItIs))
	got, err := audit.ParseHead(head.String())
	if err != nil || got != head {
		t.Errorf("got %v %v, want %v", got, err, head)
	}
	digits := strings.Repeat("0", 64)
	for _, text := range []string{"", "7", ":" + digits, "7:" + digits + "00", "7:" + digits[2:], "-1:" + digits, "x:" + digits, "7:" + digits[1:] + "x"} {
		if _, err := audit.ParseHead(text); err == nil {
			t.Errorf("%q is taken for a head", text)
		}
	}
}

// chain seals entries.
func chain(entries ...audit.Kept) (links []audit.Sealed, heads []audit.Head) {
	var head audit.Head
	for _, e := range entries {
		head = head.Next(e)
		links = append(links, audit.Sealed{Sequence: head.Sequence, EntryID: e.ID, Hash: head.Hash, Entry: &e})
		heads = append(heads, head)
	}
	return links, heads
}

func TestWhatIsFoundInAChain(t *testing.T) {
	entries := []audit.Kept{kept(1, asItIs), kept(3, asItIs), kept(2, asItIs), kept(4, asItIs)}
	whole, heads := chain(entries...)
	forged, _ := chain(kept(1, func(e *audit.Entry) { e.Subject = "account_2" }), entries[1], entries[2], entries[3])
	for name, tt := range map[string]struct {
		links    []audit.Sealed
		kept     []audit.Head
		unsealed int64
		want     []audit.Finding
	}{
		"nothing":                                  {links: whole, kept: heads},
		"nothing in none":                          {},
		"one is missing at the start":              {links: whole[1:], want: []audit.Finding{"seals 1 to 1 are missing", "seal 2: entry 3 is not what was sealed, or not where"}},
		"the end is missing":                       {links: whole[:2], kept: heads[3:], want: []audit.Finding{"the trail ends at seal 2, before the head that was kept: 4"}},
		"the end is missing, and no head was kept": {links: whole[:2]},
		"everything is missing":                    {kept: heads[:1], want: []audit.Finding{"the trail ends at seal 0, before the head that was kept: 1"}},
		"all seals were made anew":                 {links: forged, kept: heads[1:2], want: []audit.Finding{"seal 2 is not the head that was kept"}},
		"an entry without a seal":                  {links: whole, unsealed: 2, want: []audit.Finding{"entries that have no seal and wait for none: 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []audit.Finding
			v := &audit.Verifier{Kept: tt.kept, Tell: func(f audit.Finding) { got = append(got, f) }}
			for _, link := range tt.links {
				v.Link(link)
			}
			v.End(tt.unsealed)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
