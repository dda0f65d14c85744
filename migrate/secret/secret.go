// Package secret tells which parts of a feed's address may be written down: into the
// ledger, which people commit to public repositories, into messages and logs. Start at
// [Address].
//
// What is known to be harmless stays in clear: the host, ordinary words of the path, the
// keys of queries for pages, order and format with plain values. Of the rest a fingerprint
// stays, so that two feeds have two addresses.
package secret

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"replant/migrate/regex"
)

// Piece is one segment of a path or one pair of a query, as it stands in the address.
type Piece struct {
	Key  string // of a pair, with its equals sign where it has one; empty for a segment
	Text string // a segment, or the value of a pair
	Tail string // the ending of a segment, such as ".rss"
	// Secret says that Text is not to be written down, nor, where Bare, the key.
	Secret, Bare bool
	// Drop says that the pair is a password of some kind: another one makes no other feed.
	Drop bool
}

// Address returns an address as it may be written down, and a fingerprint of the whole;
// the fingerprint is empty where nothing had to be left out. A user, a password and the
// values of keys that name a secret are left out, every other secret part is a mark such as
// "~0a1b2c3d". An address that Address returned is returned as it is.
func Address(u *url.URL) (address, fingerprint string) {
	v := *u
	v.User, v.Fragment, v.RawFragment = nil, "", ""
	left := u.User != nil
	mark := func(p Piece) string {
		left = true
		return "~" + digest(strings.ToLower(u.Host)+"\n"+p.Key+"\n"+p.Text)
	}
	var segments, pairs []string
	for _, p := range Path(u) {
		if p.Secret {
			p.Text = mark(p)
		}
		segments = append(segments, p.Text+p.Tail)
	}
	for _, p := range Query(u) {
		switch {
		case p.Drop:
			left = true
			continue
		case p.Bare:
			p = Piece{Text: mark(p)}
		case p.Secret:
			p.Text = mark(p)
		}
		pairs = append(pairs, p.Key+p.Text)
	}
	v.RawQuery = strings.Join(pairs, "&")
	if path := strings.Join(segments, "/"); path != u.EscapedPath() {
		v.Path, v.RawPath = path, path
		if plain, err := url.PathUnescape(path); err == nil {
			v.Path = plain
		}
	}
	if !left {
		return v.String(), ""
	}
	return v.String(), digest(u.String())
}

// Shown returns an address for messages and logs.
func Shown(u *url.URL) string {
	address, _ := Address(u)
	return address
}

// Marked tells whether an address has a mark in the place of a secret part, so that nothing
// can be asked by it.
func Marked(u *url.URL) bool {
	for _, s := range strings.Split(u.EscapedPath(), "/") {
		if marked().MatchString(strings.TrimSuffix(s, ending().FindString(s))) {
			return true
		}
	}
	for _, pair := range strings.Split(u.RawQuery, "&") {
		if _, value, parted := strings.Cut(pair, "="); parted && marked().MatchString(value) || marked().MatchString(pair) {
			return true
		}
	}
	return false
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

// marked is what stands in the place of a secret part.
var marked = regex.Lazy(`^~[0-9a-f]{8}$`)

// ending is that of a file that a feed may be.
var ending = regex.Lazy(`(?i)\.(?:rss2?|xml|atom|json|rdf|feed|php|aspx?|txt)$`)

// Path returns the segments of an address's path, which slashes join.
func Path(u *url.URL) (all []Piece) {
	public := open().MatchString(u.Scheme + "://" + u.Host + u.EscapedPath())
	told := false // a segment before has said that a secret follows
	for _, s := range strings.Split(u.EscapedPath(), "/") {
		tail := ending().FindString(s)
		p := Piece{Text: strings.TrimSuffix(s, tail), Tail: tail}
		plain := unescaped(p.Text)
		p.Secret = !public && p.Text != "" && !marked().MatchString(p.Text) && (told && !ordinary(plain) || secretSegment(plain))
		told = names(plain) || told && ordinary(plain)
		all = append(all, p)
	}
	return all
}

// open are addresses that platforms make of what everybody may see, however it looks: the
// name of a user, the number of a channel.
var open = regex.Lazy(`(?i)^https?://(?:(?:www\.)?dev\.to/feed/|medium\.com/feed/|www\.youtube\.com/feeds/)`)

// Query returns the pairs of an address's query. Empty ones are left out.
func Query(u *url.URL) (all []Piece) {
	public := open().MatchString(u.Scheme + "://" + u.Host + u.EscapedPath())
	for _, pair := range strings.Split(u.RawQuery, "&") {
		if pair == "" {
			continue
		}
		key, value, parted := strings.Cut(pair, "=")
		p := Piece{Key: key, Text: value}
		if parted {
			p.Key += "="
		}
		p.judge(public)
		all = append(all, p)
	}
	return all
}

// judge tells what of a pair may be written down.
func (p *Piece) judge(public bool) {
	key := strings.TrimSuffix(p.Key, "=")
	name := strings.ToLower(unescaped(key))
	if i := strings.IndexByte(name, '['); i > 0 { // PHP's lists: tag[]=go
		name = name[:i]
	}
	value := unescaped(p.Text)
	switch {
	case marked().MatchString(key) && p.Text == "", marked().MatchString(p.Text) && word().MatchString(name):
	case password().MatchString(name):
		p.Drop, p.Secret = true, true
	case harmless[name] && plainValue(value), public && word().MatchString(name) && word().MatchString(value):
	case short().MatchString(name) && strings.HasSuffix(p.Key, "="):
		p.Secret = true
	default: // the key itself may be it
		p.Secret, p.Bare = true, true
	}
}

func unescaped(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}
