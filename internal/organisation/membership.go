package organisation

import (
	"fmt"
	"slices"
)

// history is what an organisation has belonged to, in order of time, while a line of a file is worked into it. What has
// begun by today is history and stays; what begins later is a plan and gives way.
type history struct {
	own   []Relation
	today Day
}

// follow answers the memberships of an organisation once a line has spoken: own are those that it has, closed is its
// last day so far, nil while it lasts. Where the line cannot be followed, it answers the column and why.
func (l line) follow(own []Relation, closed *Day, today Day) (followed []Relation, column, refusal string) {
	h := &history{own: slices.Clone(own), today: today}
	h.reopen(closed, l)
	if column, refusal = h.move(l); refusal != "" {
		return nil, column, refusal
	}
	if refusal = h.close(l.until); refusal != "" {
		return nil, columnUntil, refusal
	}
	return h.own, "", ""
}

// reopen takes back the end that the organisation's last day brought, if that day is later now or none. One that
// begins anew after a gap keeps the gap.
func (h *history) reopen(closed *Day, l line) {
	if closed == nil || len(h.own) == 0 {
		return
	}
	later := l.until == nil || *l.until > *closed
	gap := l.from != nil && *l.from > *closed+1
	if last := &h.own[len(h.own)-1]; later && !gap && last.Until == *closed {
		last.Until = Forever
	}
}

// move makes the line's ICB the organisation's own from the line's first day on.
func (h *history) move(l line) (column, refusal string) {
	day := l.claimed(h.today)
	i := slices.IndexFunc(h.own, func(r Relation) bool { return r.span().contains(day) })
	switch {
	case l.icb == "" && i < 0:
		return "", ""
	case l.icb == "" && l.from == nil:
		return columnICB, fmt.Sprintf("It belongs to %s: name its ICB, or say in %s from which day on it has none of its own.", h.own[i].In, columnFrom)
	case l.icb == "":
		return columnFrom, h.cut(*l.from)
	case i >= 0 && h.own[i].In == l.icb:
		return columnFrom, h.beginBy(i, l.from)
	case l.from == nil && len(h.own) > 0:
		return columnFrom, "It belongs to another ICB, or to none: say the first day in this one."
	}
	first := Always
	if l.from != nil {
		first = *l.from
	}
	if refusal := h.cut(first); refusal != "" {
		return columnFrom, refusal
	}
	h.own = append(h.own, Relation{Of: l.code, In: l.icb, From: first, Until: Forever})
	return "", ""
}

// beginBy lengthens a membership so that it has begun by a day; it is never shortened.
func (h *history) beginBy(i int, day *Day) (refusal string) {
	if day == nil || *day >= h.own[i].From {
		return ""
	}
	if i > 0 && h.own[i-1].Until >= *day {
		return fmt.Sprintf("It belonged to %s until %s: give a later day, for what has been stays.", h.own[i-1].In, h.own[i-1].Until)
	}
	h.own[i].From = *day
	return ""
}

// cut ends on the eve of a day what there is, and drops what was planned from then on.
func (h *history) cut(day Day) (refusal string) {
	for len(h.own) > 0 {
		last := &h.own[len(h.own)-1]
		switch {
		case last.From < day:
			last.Until = min(last.Until, day-1)
			return ""
		case last.From <= h.today:
			return fmt.Sprintf("It has belonged to %s from %s on: give a later day, for what has been stays.", last.In, last.From)
		}
		h.own = h.own[:len(h.own)-1]
	}
	return ""
}

// close ends everything with the organisation's last day.
func (h *history) close(last *Day) (refusal string) {
	if last == nil {
		return ""
	}
	return h.cut(*last + 1)
}
