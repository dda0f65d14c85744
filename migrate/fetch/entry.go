package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"time"
)

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

// seenBy tells whether the body was given to a caller in that state, and taken in.
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

// charsetOf gives the encoding that an answer names; empty where it names none.
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

// keyOf names an address in the cache. It tells nothing of what the address holds. A
// fragment makes no difference: no server ever sees it.
func keyOf(u *url.URL) string {
	v := *u
	v.Fragment, v.RawFragment = "", ""
	sum := sha256.Sum256([]byte(v.String()))
	return hex.EncodeToString(sum[:])
}
