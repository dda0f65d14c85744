package ledger

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// JournalName is where the journal lies while a run writes.
const JournalName = Dir + "/pending"

// Mark is one file that a run is about to write.
type Mark struct {
	Path string `json:"path"`
	Hash string `json:"hash"`          // of the bytes to come
	Page string `json:"page"`          // the page that the file belongs to
	New  bool   `json:"new,omitempty"` // there was no such file before
	// Base is, for a page with the author's edits merged in, the page that those edits are
	// made to. For any other file it is nil: what is written is itself the base.
	Base []byte `json:"base,omitempty"`
	// Links says that nothing but links change, so that the page is made from what it was.
	Links bool `json:"links,omitempty"`
}

// Stands returns the hash of the page that the next run compares with, once the mark's file
// is written.
func (m Mark) Stands() string {
	if m.Base == nil {
		return m.Hash
	}
	sum := sha256.Sum256(m.Base)
	return hex.EncodeToString(sum[:])
}

// Journal is what a run was about to write when it was killed, by path. A run that is
// killed after another leaves the marks of both: a path may have several. It is nil
// after a run that came to its end.
type Journal map[string][]Mark

// WriteMark writes one line of a journal.
func WriteMark(w io.Writer, m Mark) error {
	line, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("mark %s: %w", m.Path, err)
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// ReadJournal reads what WriteMark wrote. A journal is whole or absent, so a line
// that is none is an error.
func ReadJournal(r io.Reader) (Journal, error) {
	j := Journal{}
	dec := json.NewDecoder(bufio.NewReader(r))
	for {
		var m Mark
		err := dec.Decode(&m)
		if errors.Is(err, io.EOF) {
			return j, nil
		}
		if err != nil {
			return nil, fmt.Errorf("not a journal: %w", err)
		}
		j[m.Path] = append(j[m.Path], m)
	}
}

// Mark returns the mark by which a killed run left a path as it is now: with bytes of
// that hash, or without a file where hash is empty.
func (j Journal) Mark(path, hash string) (Mark, bool) {
	for _, m := range j[path] {
		if m.Hash == hash {
			return m, true
		}
	}
	return Mark{}, false
}

// Pending returns the hash of what lies at a path if a killed run wrote it, else "".
func (j Journal) Pending(path, disk string) string {
	m, _ := j.Mark(path, disk)
	return m.Hash
}

// New reports whether a path had no file before the first of the killed runs.
func (j Journal) New(path string) bool { return len(j[path]) > 0 && j[path][0].New }

// Removes reports whether a killed run was about to remove the file at path.
func (j Journal) Removes(path string) bool {
	_, removes := j.Mark(path, "")
	return removes
}
