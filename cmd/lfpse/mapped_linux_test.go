package main

import (
	"os"
	"strings"
	"testing"
)

const mapped = `00400000-0168a000 r-xp 00000000 fe:00 10232939                           /usr/bin/lfpse
Rss:               17576 kB
Anonymous:             0 kB
Swap:                  0 kB
SwapPss:               0 kB
0168a000-0343d000 r--p 0128a000 fe:00 10232939                           /usr/bin/lfpse
Anonymous:             4 kB
Swap:                  0 kB
02000000-02001000 r--p 0128a000 fe:00 10232939                           /usr/bin/lfpse
Anonymous:             0 kB
Swap:                  8 kB
0343d000-036bb000 rw-p 0303d000 fe:00 10232939                           /usr/bin/lfpse
Anonymous:             0 kB
Swap:                  0 kB
7f0000000000-7f0000001000 r-xp 00000000 fe:00 10232939                   /usr/lib/libc.so
Anonymous:             0 kB
Swap:                  0 kB
7f0000001000-7f0000002000 r--p 00000000 00:00 0
Anonymous:             0 kB
Swap:                  0 kB
`

// What was written, or can be, or is another file's stays.
func TestWhatWasWrittenStays(t *testing.T) {
	found := unwritten(strings.NewReader(mapped), "/usr/bin/lfpse")
	if len(found) != 1 || found[0] != (mapping{0x400000, 0x168a000, "r-xp", "/usr/bin/lfpse"}) {
		t.Errorf("found %+v", found)
	}
}

func TestTheProgramGoesOnWithoutWhatItLetGo(t *testing.T) {
	smaps, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer smaps.Close()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if len(unwritten(smaps, program)) == 0 {
		t.Error("there is nothing to let go of")
	}
	if err := letGo(); err != nil {
		t.Fatal(err)
	}
	if description == "" || !strings.Contains(description, "federated") {
		t.Error("what the program says is lost")
	}
}
