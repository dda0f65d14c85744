package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// badge says who is at work on a site. It is a file of the cache that its wearer keeps
// locked, so that what a dead run left is known for that.
type badge struct {
	name string
	held *flock.Flock
}

// wearing is what a badge says.
type wearing struct {
	PID   int
	Host  string
	Since time.Time
}

// badges gives the folder of badges; empty where there is no cache.
func badges() string {
	dir, err := cacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "lock")
}

// badgeOf names the badge of a site.
func badgeOf(dir, site string) string {
	full, err := filepath.Abs(site)
	if err == nil {
		if direct, err := filepath.EvalSymlinks(full); err == nil {
			full = direct
		}
	}
	sum := sha256.Sum256([]byte(full))
	return filepath.Join(dir, hex.EncodeToString(sum[:8]))
}

// wear puts on the badge of a site, which the lock on the site must allow. Without one
// the work goes on all the same: nil.
func wear(dir, site string) *badge {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	name := badgeOf(dir, site)
	tmp := name + "-" + rand.Text()
	f := flock.New(tmp, flock.SetFlag(os.O_CREATE|os.O_RDWR))
	if got, err := f.TryLock(); err != nil || !got {
		return nil
	}
	b := &badge{name, f}
	host, _ := os.Hostname() // empty says nothing
	text, err := json.Marshal(wearing{os.Getpid(), host, time.Now().Round(time.Second)})
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

func (b *badge) takeOff() {
	if b != nil {
		_ = os.Remove(b.name)
		_ = b.held.Close()
	}
}

// wearer says who is at work on a site, in parentheses after a space; empty where that
// cannot be known.
func wearer(dir, site string) string {
	if dir == "" {
		return ""
	}
	name := badgeOf(dir, site)
	f := flock.New(name, flock.SetFlag(os.O_RDONLY))
	if dead, err := f.TryRLock(); dead || err != nil {
		_ = f.Close()
		return ""
	}
	var w wearing
	text, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(text, &w) != nil {
		return ""
	}
	return fmt.Sprintf(" (pid %d on %s, since %s)", w.PID, w.Host, w.Since.Format(time.DateTime))
}
