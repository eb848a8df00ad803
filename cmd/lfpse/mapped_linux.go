package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// letGo has the system take back the pages of the program's file that starting has read, most of which
// are not looked at again: one that is comes back from the file's cache when it is needed.
func letGo() error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the program's file: %w", err)
	}
	file, err := os.Open("/proc/self/smaps")
	if err != nil {
		return fmt.Errorf("reading what is mapped: %w", err)
	}
	defer file.Close() //nolint:errcheck // nothing was written
	for _, part := range unwritten(file, program) {
		if _, _, errno := syscall.Syscall(syscall.SYS_MADVISE, part.start, part.end-part.start, syscall.MADV_DONTNEED); errno != 0 {
			return fmt.Errorf("letting go of what starting has read: %w", errno)
		}
	}
	return nil
}

// mapping is a part of the address space.
type mapping struct {
	start, end uintptr
	mode, file string
}

// unwritten reads proc_pid_smaps(5) and answers what is mapped of a file and can't be written to, and has no page
// that was before it was made so, as a linker does: that would be lost.
func unwritten(smaps io.Reader, file string) []mapping {
	var found []mapping
	var at mapping
	clean := 0 // of the two kinds of pages that were written, those that there are none of
	lines := bufio.NewScanner(smaps)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) >= 5 && strings.Contains(fields[0], "-"):
			at, clean = mappingOf(fields), 0
		case len(fields) == 3 && (fields[0] == "Anonymous:" || fields[0] == "Swap:") && fields[1] == "0":
			if clean++; clean == 2 && at.file == file && !strings.Contains(at.mode, "w") {
				found = append(found, at)
			}
		}
	}
	return found
}

// mappingOf reads the first line of a mapping; the zero mapping is one that is not understood.
func mappingOf(fields []string) mapping {
	at := mapping{mode: fields[1], file: strings.Join(fields[5:], " ")}
	if _, err := fmt.Sscanf(fields[0], "%x-%x", &at.start, &at.end); err != nil {
		return mapping{}
	}
	return at
}
