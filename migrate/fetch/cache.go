package fetch

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/spf13/afero"
)

// The cache's folders.
const (
	bodies = "body"
	index  = "index"
)

// headSize is how much of a body is enough to know what it is.
const headSize = 3 << 10

// accepter is shown the head of a body, and may refuse it.
type accepter func(head []byte) error

func anything([]byte) error { return nil }

// cache keeps bodies under the names of their content, and for each address what it
// answered last.
type cache struct{ fs afero.Fs }

// entry gives what is known of an address; the zero value unless its body is there,
// whole.
func (c cache) entry(key string) entry {
	e, err := c.noted(key + ".json")
	if err != nil || !c.whole(e) {
		return entry{}
	}
	return e
}

// noted reads a file of the index.
func (c cache) noted(name string) (e entry, err error) {
	b, err := afero.ReadFile(c.fs, path.Join(index, name))
	if err != nil {
		return entry{}, err
	}
	return e, json.Unmarshal(b, &e)
}

// whole hashes a body to see that it is what it was.
func (c cache) whole(e entry) bool {
	f, err := c.fs.Open(e.name())
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return err == nil && n == e.Size && hex.EncodeToString(h.Sum(nil)) == e.Sum
}

// accepts shows a body that is there to accept.
func (c cache) accepts(e entry, accept accepter) bool {
	f, err := c.fs.Open(e.name())
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headSize))
	return err == nil && accept(head) == nil
}

// note keeps what an address answered. It writes in place, by one call: a note that is cut
// or mixed up with another run's is no JSON, and costs one download.
func (c cache) note(key string, e entry) error {
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	f, err := c.open(path.Join(index, key+".json"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Close())
}

// put streams a body into the cache, unless it is too long or accept refuses its head.
func (c cache) put(r io.Reader, most int64, accept accepter) (sum string, size int64, err error) {
	in := bufio.NewReaderSize(r, headSize)
	head, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", 0, err
	}
	if err := accept(head); err != nil {
		return "", 0, lasting{err}
	}
	err = c.write(bodies, func(w io.Writer) (string, error) {
		h := sha256.New()
		size, err = io.Copy(io.MultiWriter(w, h), io.LimitReader(in, most+1))
		if err == nil && size > most {
			err = tooLarge(most)
		}
		sum = hex.EncodeToString(h.Sum(nil))
		return sum, err
	})
	return sum, size, err
}

// write makes a file in dir, whole or not at all; fill gives its name once it is written.
// What the cache's own disk refuses, it would refuse again.
func (c cache) write(dir string, fill func(io.Writer) (name string, err error)) error {
	f, tmp, err := c.create(dir)
	if err != nil {
		return lasting{err}
	}
	name, err := fill(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, c.fs.Remove(tmp))
	}
	if err := c.fs.Rename(tmp, path.Join(dir, name)); err != nil {
		return lasting{errors.Join(err, c.fs.Remove(tmp))}
	}
	return nil
}

func (c cache) create(dir string) (f afero.File, name string, err error) {
	name = path.Join(dir, "tmp-"+rand.Text())
	f, err = c.open(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	return f, name, err
}

// open opens a file for writing, and makes its folder where there is none yet.
func (c cache) open(name string, flag int) (afero.File, error) {
	f, err := c.fs.OpenFile(name, flag, 0o600)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if err := c.fs.MkdirAll(path.Dir(name), 0o700); err != nil {
		return nil, err
	}
	return c.fs.OpenFile(name, flag, 0o600)
}

func tooLarge(most int64) error {
	return lasting{fmt.Errorf("%w: more than %d bytes", ErrTooLarge, most)}
}
