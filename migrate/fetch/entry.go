package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"path"
	"time"
)

// entry is what an address answered last. The zero value is an address that was never
// asked for.
type entry struct {
	Sum  string // SHA-256 of the body, hexadecimal
	Size int64
	From string // key of the address that answered in the end
	// The validators, verbatim; empty where the server gave none.
	ETag         string    `json:",omitempty"`
	LastModified string    `json:",omitempty"`
	Checked      time.Time // when the server last vouched for it
	// Private says that it may have come from a network that content may not name: the
	// user had typed the address, or allowed them all.
	Private bool `json:",omitempty"`
	// State is the caller's when it asked; Done says that it has taken it all in.
	State string `json:",omitempty"`
	Done  bool   `json:",omitempty"`
}

// name is the body's file in the cache.
func (e entry) name() string { return path.Join(bodies, e.Sum) }

// entryOf reads what an answer says of its body.
func entryOf(resp *http.Response, sum string, size int64) entry {
	return entry{
		Sum: sum, Size: size,
		From:         keyOf(resp.Request.URL),
		ETag:         resp.Header.Get("ETag"),
		LastModified: resp.Header.Get("Last-Modified"),
		Checked:      time.Now().UTC(),
	}
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
