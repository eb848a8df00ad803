package gid

import "testing"

func TestAnIDIsReadBack(t *testing.T) {
	key := New()
	read, ok := ParseAs(Event, Format(Event, key))
	if !ok || read != key {
		t.Errorf("read %v, %t; want %v", read, ok, key)
	}
}

func TestWhatIsNoIDIsNotRead(t *testing.T) {
	id := Format(Event, New())
	for _, text := range []string{"", "event_", id[:len(id)-1], id + "0", "EVENT" + id[5:], "parcel" + id[5:], "event_ZZ" + id[8:], "event_AB" + id[8:]} {
		if _, _, ok := Parse(text); ok {
			t.Errorf("%q is read as an id", text)
		}
	}
	if _, ok := ParseAs(Account, id); ok {
		t.Error("an event's id is read as an account's")
	}
}
