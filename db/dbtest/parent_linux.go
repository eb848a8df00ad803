package dbtest

import (
	"os"
	"syscall"
)

// memoryFolder is where Linux keeps files in memory. Databases are made and
// dropped there in a third of the time that it takes on a disk.
const memoryFolder = "/dev/shm"

// enoughMemory is more than the clusters of a run take, in bytes.
const enoughMemory = 8 << 30

// parentFolder is where the folder of the places is made: in memory where there
// is enough of it and TMPDIR names no other folder.
func parentFolder() string {
	var room syscall.Statfs_t
	if os.Getenv("TMPDIR") != "" || syscall.Statfs(memoryFolder, &room) != nil || room.Bavail*uint64(room.Bsize) < enoughMemory {
		return os.TempDir()
	}
	return memoryFolder
}
