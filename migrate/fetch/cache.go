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
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"time"

	"github.com/spf13/afero"
)

// The cache's folders.
const (
	bodies = "body"
	index  = "index"
	notes  = "notes" // what callers have noted of addresses
)

// headSize is how much of a body is enough to know what it is.
const headSize = 3 << 10

// accepter is shown the head of a body, and may refuse it.
type accepter func(head []byte) error

func anything([]byte) error { return nil }

// cache keeps bodies under the names of their content, and for each address what it
// answered last.
type cache struct{ fs afero.Fs }

// entry returns what is known of an address; the zero value unless its body is there,
// whole.
func (c cache) entry(key string) entry {
	e, err := c.noted(key + ".json")
	if err != nil || !c.whole(e) {
		return entry{}
	}
	return e
}

// taken is [cache.entry] for a caller that may have taken the body in already, as its state says.
// Such a caller will hardly read the body: only its length is compared then, not its hash, and
// proved is false.
func (c cache) taken(key, state string) (e entry, proved bool) {
	e, err := c.noted(key + ".json")
	if _, done := e.seenBy(state); err == nil && done && c.sized(e) {
		return e, false
	}
	return c.entry(key), true
}

// sized reports whether a body is as long as it was.
func (c cache) sized(e entry) bool {
	info, err := c.fs.Stat(e.name())
	return err == nil && info.Mode().IsRegular() && info.Size() == e.Size
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

// write makes a file in dir, whole or not at all; fill returns its name once it is written.
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

// entry is what an address answered last. The zero value is an address that was never
// asked for.
type entry struct {
	Sum  string // SHA-256 of the body, hexadecimal
	Size int64
	From string // key of the address that answered in the end
	// Charset is that of the Content-Type, as it stands there; may be empty.
	Charset string `json:",omitempty"`
	// The validators, verbatim; empty where the server gave none.
	ETag         string    `json:",omitempty"`
	LastModified string    `json:",omitempty"`
	Checked      time.Time // when the server last vouched for it
	// Private says that it may have come from a network that content may not name: the
	// user had typed the address, or allowed them all.
	Private bool `json:",omitempty"`
	// Public says that the host, which the user had typed, had a public address: it may
	// have no private one in a later run.
	Public bool `json:",omitempty"`
	// Seen are the states of the callers that this body was given to, the latest last.
	Seen []seen `json:",omitempty"`
}

// seen is the state of a caller when it asked, or when it had taken all in.
type seen struct {
	State string
	Done  bool `json:",omitempty"` // it has taken all in
}

// seenMost is how many states are kept: several sites may follow one feed, and each run
// that brings news leaves one behind.
const seenMost = 16

// seenBy reports whether the body was given to a caller in that state, and taken in.
func (e entry) seenBy(state string) (given, done bool) {
	i := slices.IndexFunc(e.Seen, func(s seen) bool { return s.State == state })
	return i >= 0, i >= 0 && e.Seen[i].Done
}

// see notes a state.
func (e entry) see(state string, done bool) entry {
	all := slices.DeleteFunc(slices.Clone(e.Seen), func(s seen) bool { return s.State == state })
	all = append(all, seen{state, done})
	e.Seen = all[max(0, len(all)-seenMost):]
	return e
}

// name is the body's file in the cache.
func (e entry) name() string { return path.Join(bodies, e.Sum) }

// entryOf reads what an answer says of its body.
func entryOf(resp *http.Response, sum string, size int64) entry {
	return entry{
		Sum: sum, Size: size,
		From:         keyOf(resp.Request.URL),
		Charset:      charsetOf(resp),
		ETag:         resp.Header.Get("ETag"),
		LastModified: resp.Header.Get("Last-Modified"),
		Checked:      time.Now().UTC(),
	}
}

// charsetOf returns the encoding that an answer names, or "" where it names none.
func charsetOf(resp *http.Response) string {
	_, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return params["charset"]
}

// vouch brings an entry up to date with a 304, which may bring new validators
// (RFC 9111, 4.3.4).
func (e entry) vouch(resp *http.Response) entry {
	now := entryOf(resp, e.Sum, e.Size)
	e.Checked = now.Checked
	if now.ETag != "" {
		e.ETag = now.ETag
	}
	if now.LastModified != "" {
		e.LastModified = now.LastModified
	}
	return e
}

// keyOf names an address in the cache. It reveals nothing of the address. A
// fragment makes no difference: no server ever sees it.
func keyOf(u *url.URL) string {
	v := *u
	v.Fragment, v.RawFragment = "", ""
	sum := sha256.Sum256([]byte(v.String()))
	return hex.EncodeToString(sum[:])
}

// underWay is how old a body may be that no address is noted for yet: another run may
// be about to.
const underWay = time.Hour

// Sweep drops from the cache what has not been asked for in so long, and what killed
// runs left behind. Keep should be longer than a day, and than the longest time between
// two runs: what was dropped is downloaded again.
func (c *Client) Sweep(keep time.Duration) error {
	before := time.Now().Add(-keep)
	used, err := c.cache.sweepIndex(before)
	err = errors.Join(err, c.cache.sweepFiles(notes, before, nil))
	if err != nil {
		return err
	}
	return c.cache.sweepFiles(bodies, time.Now().Add(-min(keep, underWay)), used)
}

// sweepIndex drops the entries of the index older than a time, and returns the bodies that the
// others are about.
func (c cache) sweepIndex(before time.Time) (used map[string]bool, err error) {
	all, err := c.list(index)
	used = make(map[string]bool, len(all))
	for _, f := range all {
		if f.ModTime().Before(before) {
			err = errors.Join(err, c.fs.Remove(path.Join(index, f.Name())))
			continue
		}
		if e, damaged := c.noted(f.Name()); damaged == nil {
			used[e.Sum] = true
		}
	}
	return used, err
}

// sweepFiles drops the files of a folder that are older than a time and not used.
func (c cache) sweepFiles(dir string, before time.Time, used map[string]bool) error {
	all, err := c.list(dir)
	for _, f := range all {
		if !used[f.Name()] && f.ModTime().Before(before) {
			err = errors.Join(err, c.fs.Remove(path.Join(dir, f.Name())))
		}
	}
	return err
}

// list returns the files of a folder; none where there is no such folder.
func (c cache) list(dir string) ([]fs.FileInfo, error) {
	all, err := afero.ReadDir(c.fs, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return all, err
}
