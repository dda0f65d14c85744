package ledger

import (
	"bufio"
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
}

// Journal is what a run was about to write when it was killed, by path. The zero
// Journal is that of a run that came to its end.
type Journal map[string]Mark

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
		j[m.Path] = m
	}
}

// Hash gives the hash that a killed run was about to give the file at path, or "".
func (j Journal) Hash(path string) string { return j[path].Hash }
