//go:build unix

package blogtest_test

import (
	"syscall"
	"time"
)

// used is the processor time that the program has taken so far.
func used() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
