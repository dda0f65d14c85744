package fetch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"path"
	"time"

	"github.com/spf13/afero"
)

// noteLeast is how many bytes a note has that is worth a file.
const noteLeast = 16 << 10

// Note opens what was noted of an address by the same edition of the program: see
// [Options.Edition].
func (c *Client) Note(of *url.URL) (afero.File, error) {
	name := c.noteName(of)
	f, err := c.cache.fs.Open(name)
	if err == nil {
		now := time.Now()
		_ = c.cache.fs.Chtimes(name, now, now) // else it is swept too early
	}
	return f, err
}

// NewNote begins a note that takes the place of that of an address once it is kept.
func (c *Client) NewNote(of *url.URL) *Note { return &Note{cache: c.cache, name: c.noteName(of)} }

// noteName names the file of an address's note. It reveals nothing of the address.
func (c *Client) noteName(of *url.URL) string {
	sum := sha256.Sum256([]byte(c.o.Edition + " " + keyOf(of)))
	return path.Join(notes, hex.EncodeToString(sum[:]))
}

// Note is a note that is being written. There is no file of a short one.
type Note struct {
	cache cache
	name  string
	head  bytes.Buffer // as long as there is no file
	file  afero.File   // nil until there is one, and again once it is closed
	tmp   string
}

// Write adds to the note.
func (n *Note) Write(b []byte) (int, error) {
	if n.file != nil {
		return n.file.Write(b)
	}
	n.head.Write(b)
	if n.head.Len() < noteLeast {
		return len(b), nil
	}
	var err error
	if n.file, n.tmp, err = n.cache.create(notes); err != nil {
		return 0, err
	}
	_, err = n.head.WriteTo(n.file)
	return len(b), err
}

// Keep puts the note in its place, all at once.
func (n *Note) Keep() error {
	if n.file == nil {
		return nil
	}
	err := n.file.Close()
	n.file = nil
	if err == nil {
		err = n.cache.fs.Rename(n.tmp, n.name)
	}
	if err != nil {
		err = errors.Join(err, n.cache.fs.Remove(n.tmp))
	}
	return err
}

// Drop gives the note up, unless it is kept.
func (n *Note) Drop() {
	if n.file == nil {
		return
	}
	_ = n.file.Close() // what was written is of no use
	n.file = nil
	_ = n.cache.fs.Remove(n.tmp) // else it is swept
}
