package memory

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"

	"replant/migrate/ledger"
	"replant/migrate/merge"
	"replant/migrate/plan"
)

// Error says that a file of replant's own memory cannot be used. Nothing is written
// then.
type Error struct {
	Path   string // in the site
	Damage Damage
	Err    error
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %v", e.Path, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// IsJournal reports whether the file is what a run that was stopped left.
func (e *Error) IsJournal() bool { return e.Path == ledger.JournalName }

// Damage is what is the matter with a file of replant's memory: each has its own way out.
type Damage int

// The kinds of damage.
const (
	Broken   Damage = iota // it is not what replant wrote
	Clashing               // git left both versions of a merge in it
	Newer                  // a newer replant wrote it
	Blocked                // something else has its place
	Secured                // it may not be read
)

// damaged returns what is the matter with a file of replant's memory that was opened as c.
func damaged(name string, c plan.Content, err error) error {
	e := &Error{Path: name, Err: err}
	switch {
	case errors.Is(err, ledger.ErrVersion):
		e.Damage = Newer
	case hasMarks(c):
		e.Damage, e.Err = Clashing, errors.New("git left the marks of a conflict in it")
	}
	return e
}

// hasMarks reports whether a file has lines that begin and end a conflict of git's.
func hasMarks(c plan.Content) bool {
	text, err := Read(c)
	return err == nil && merge.Marks(text) > 0
}

// unread returns why a file of replant's memory could not even be read.
func unread(name string, err error) error {
	e := &Error{Path: name, Damage: Blocked, Err: cmp.Or(errors.Unwrap(err), err)}
	if errors.Is(err, fs.ErrPermission) {
		e.Damage = Secured
	}
	return e
}
