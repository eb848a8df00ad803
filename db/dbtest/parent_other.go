//go:build unix && !linux

package dbtest

import "os"

func parentFolder() string { return os.TempDir() }
