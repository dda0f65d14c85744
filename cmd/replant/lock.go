package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/gofrs/flock"
)

// lock keeps a second run off a site while this one works. It is on the folder
// itself, so that nothing is left behind and every user and cache agree.
type lock struct {
	site string
	held *flock.Flock // nil until the lock is taken
}

// take takes the lock, once. A folder that is not there yet is locked when it is made.
func (l *lock) take() error {
	if _, err := os.Stat(l.site); l.held != nil || errors.Is(err, os.ErrNotExist) {
		return nil
	}
	f := flock.New(l.site, flock.SetFlag(os.O_RDONLY))
	switch got, err := f.TryLock(); {
	case err != nil:
		return nil // a file system without locks: better than no sync at all
	case !got:
		return &hinted{fmt.Errorf("%s: another run is at work here", l.site), "", exitBusy}
	}
	l.held = f
	return nil
}

func (l *lock) release() {
	if l.held != nil {
		_ = l.held.Close()
	}
}
