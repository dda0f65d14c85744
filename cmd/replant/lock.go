package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/gofrs/flock"
)

// lock keeps a second run off a site while this one works. It is the system's, on the
// folder itself, so that nothing is left behind and every user and cache agree. A
// [holderNote] says who holds it.
type lock struct {
	site    string
	holders string        // the folder of notes on who holds locks; may be empty
	wait    time.Duration // for another run to end
	// attempt tries to lock a file; nil for the system's way.
	attempt func(*flock.Flock) (bool, error)
	// without is called with the reason where the site's file system has no locks; may be nil.
	without func(error)

	made []string     // folders made to be locked
	held *flock.Flock // nil until the lock is taken, and where nothing can be locked
	free bool         // nothing can be locked
	note *holderNote
}

// grace is how long a run that has just taken the lock may take to note that it
// holds it.
const grace = 500 * time.Millisecond

// take takes the lock, and makes the site's folder where there is none. While another
// run holds it, it waits as long as was asked for, or until ctx ends.
func (l *lock) take(ctx context.Context) error {
	start := time.Now()
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		busy, err := l.try()
		if err != nil || !busy {
			return err
		}
		who, patience := holder(l.holders, l.site), l.wait
		if who == "" {
			patience = max(patience, grace)
		}
		left := patience - time.Since(start)
		if left <= 0 {
			return l.busy(who)
		}
		select {
		case <-time.After(min(pause, left)):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (l *lock) busy(who string) error {
	hint := "--wait 10m waits for its end"
	if l.wait > 0 {
		hint = ""
	}
	return &hinted{fmt.Errorf("%s: another run is at work here%s", l.site, who), hint, exitBusy}
}

// try tries to take the lock once.
func (l *lock) try() (busy bool, err error) {
	made, err := makeFolder(l.site)
	l.made = append(l.made, made...)
	if err != nil {
		return false, fmt.Errorf("%s: %w", l.site, cause(err))
	}
	f := flock.New(l.site, flock.SetFlag(os.O_RDONLY))
	switch got, err := l.lock(f); {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil // removed by the run that made it
	case err != nil:
		_ = f.Close()
		return l.tryElsewhere(err), nil
	case !got:
		return true, nil
	case !standsAt(l.site, f):
		_ = f.Close()
		return true, nil
	}
	l.held, l.note = f, noteHolder(l.holders, l.site)
	return false, nil
}

func (l *lock) lock(f *flock.Flock) (bool, error) {
	if l.attempt != nil {
		return l.attempt(f)
	}
	return f.TryLock()
}

// locksFolders says that the system can lock a folder. Windows locks parts of files.
const locksFolders = runtime.GOOS != "windows"

// tryElsewhere tries to lock a file of the user's cache in the place of a folder that cannot be
// locked: NFS and FUSE do not always do it (ENOLCK, ENOTSUP, ENOSYS), or want a file that is open
// for writing (EBADF). That keeps this user's runs on this machine apart. Where that fails too,
// the run goes on without a lock: better than no sync at all.
func (l *lock) tryElsewhere(why error) (busy bool) {
	if l.without != nil && (locksFolders && !errors.Is(why, fs.ErrPermission)) {
		l.without(cause(why))
		l.without = nil // once
	}
	if l.holders == "" || os.MkdirAll(l.holders, 0o700) != nil {
		l.free = true
		return false
	}
	f := flock.New(sitePath(l.holders, l.site)+".lock", flock.SetFlag(os.O_CREATE|os.O_RDWR))
	switch got, err := l.lock(f); {
	case err != nil:
		_ = f.Close()
		l.free = true
		return false
	case !got:
		return true
	}
	l.held, l.note = f, noteHolder(l.holders, l.site)
	return false
}

// standsAt reports whether a locked folder is still the one at its path.
func standsAt(path string, f *flock.Flock) bool {
	locked, err := f.Stat()
	if err != nil {
		return false
	}
	now, err := os.Stat(path)
	return err == nil && os.SameFile(locked, now)
}

// release releases the lock, and removes folders that were made for it and have
// stayed empty.
func (l *lock) release() {
	if l.held == nil && !l.free {
		return
	}
	slices.Reverse(l.made)
	for _, dir := range l.made {
		if os.Remove(dir) != nil {
			break
		}
	}
	l.note.remove()
	if l.held != nil {
		_ = l.held.Close()
	}
}

// makeFolder makes a folder and those that it lies in, and returns those that it made,
// the outermost first.
func makeFolder(dir string) (made []string, err error) {
	if _, err := os.Stat(dir); err == nil {
		return nil, os.MkdirAll(dir, 0o755) // which says when it is no folder
	}
	if up := filepath.Dir(dir); up != dir {
		if made, err = makeFolder(up); err != nil {
			return made, err
		}
	}
	switch err := os.Mkdir(dir, 0o755); {
	case err == nil:
		return append(made, dir), nil
	case errors.Is(err, fs.ErrExist): // made by another run meanwhile, or a link into nowhere
		return made, os.MkdirAll(dir, 0o755)
	default:
		return made, err
	}
}

// holderNote is a file of the cache that says who holds the lock on a site. The holder keeps
// the file itself locked, so that the note of a dead run is recognised as such.
type holderNote struct {
	name string
	held *flock.Flock
}

// holderText is the content of a note.
type holderText struct {
	PID   int
	Host  string
	Since time.Time
}

// holders returns the folder of notes, or "" where there is no cache.
func holders() string {
	dir, err := cacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "lock")
}

// sitePath returns the name of a site's file in a folder of the cache.
func sitePath(dir, site string) string {
	full, err := filepath.Abs(site)
	if err == nil {
		if direct, err := filepath.EvalSymlinks(full); err == nil {
			full = direct
		}
	}
	sum := sha256.Sum256([]byte(full))
	return filepath.Join(dir, hex.EncodeToString(sum[:8]))
}

// noteHolder writes the note of a site whose lock this run holds. It returns nil where the
// note cannot be written: the run goes on without.
func noteHolder(dir, site string) *holderNote {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	name := sitePath(dir, site)
	tmp := name + "-" + rand.Text()
	f := flock.New(tmp, flock.SetFlag(os.O_CREATE|os.O_RDWR))
	if got, err := f.TryLock(); err != nil || !got {
		return nil
	}
	b := &holderNote{name, f}
	host, _ := os.Hostname() // empty says nothing
	text, err := json.Marshal(holderText{os.Getpid(), host, time.Now().Round(time.Second)})
	if err == nil {
		err = os.WriteFile(tmp, text, 0o600)
	}
	if err == nil {
		err = os.Rename(tmp, name) // whole and locked, or not there
	}
	if err != nil {
		_ = os.Remove(tmp)
		_ = f.Close()
		return nil
	}
	return b
}

func (b *holderNote) remove() {
	if b != nil {
		_ = os.Remove(b.name)
		_ = b.held.Close()
	}
}

// holder returns who is at work on a site, in parentheses after a space, or "" where that
// is unknown.
func holder(dir, site string) string {
	if dir == "" {
		return ""
	}
	name := sitePath(dir, site)
	f := flock.New(name, flock.SetFlag(os.O_RDONLY))
	if dead, err := f.TryRLock(); dead || err != nil {
		_ = f.Close()
		return ""
	}
	var w holderText
	text, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(text, &w) != nil {
		return ""
	}
	return fmt.Sprintf(" (pid %d on %s, since %s)", w.PID, w.Host, w.Since.Format(time.DateTime))
}
