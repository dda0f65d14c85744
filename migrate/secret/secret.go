// Package secret decides which parts of a feed's address may be written down: into the
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

	"replant/migrate/blog"
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

// Marked reports whether an address has a mark in the place of a secret part, so that nothing
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
		plain := blog.Unescaped(p.Text)
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

// judge reports what of a pair may be written down.
func (p *Piece) judge(public bool) {
	key := strings.TrimSuffix(p.Key, "=")
	name := strings.ToLower(blog.Unescaped(key))
	if i := strings.IndexByte(name, '['); i > 0 { // PHP's lists: tag[]=go
		name = name[:i]
	}
	value := blog.Unescaped(p.Text)
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

// password matches the keys of queries that name a secret: the value proves who asks, and
// has nothing to do with which feed it is.
var password = regex.Lazy(`token|secret|passw|passphrase|api[_-]?key|signature|credential|(?:feed|rss|auth|access|private|secret|user)[_-]?key|^(?:auth|authorization|key|sig|access|code|sid|session|sessionid|phpsessid|jsessionid|pwd|pass|pw|hash|hmac|ticket|jwt|private|bearer|otp|pin|login|user|username|email|mail)$`)

// harmless are the keys of queries for pages, order, format and choice of posts.
var harmless = set(`
	page paged p pagenum page_num page_number pg offset start start-index startindex from_page
	max-results max_results maxresults limit count num size per_page per-page perpage pagesize
	page_size posts_per_page posts_per_rss items results rows max top skip
	order orderby order_by sort sortby sort_by direction reverse
	format output type alt feed rss rss2 atom rdf xml json withoutcomments redirect view full
	fulltext full-text content summary v version edition mode m
	cat category category_name categories tag tags tagged label labels topic section author
	lang language locale hl post_type year month monthnum day date since published
	cursor after before page_token_number
	utm_source utm_medium utm_campaign utm_content utm_term`)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(list) {
		all[w] = true
	}
	return all
}

// word is what a key may look like.
var word = regex.Lazy(`^[\pL\pN_.-]{1,40}$`)

// short is a key that is too short to be a secret itself.
var short = regex.Lazy(`^[a-z][a-z0-9]{0,3}$`)

// plain is what the value of a harmless key may look like.
var plain = regex.Lazy(`^[\pL\pN @+._~:,/|*-]{0,80}$`)

func plainValue(value string) bool { return plain().MatchString(value) && !Random(value) }

// telling are words in a path before a secret.
var telling = set(`
	private secret secrets token tokens key keys apikey api_key api-key auth access_token
	access-token hash signed sig signature session sid jwt password passwd pass pwd ticket
	feedkey feed_key rsskey rss_key private-feed private_feed private-feeds private_feeds`)

func names(segment string) bool { return telling[strings.ToLower(segment)] }

// usual are the words that the path of a feed is made of.
var usual = set(`
	feed feeds rss rss2 atom xml json index default posts post podcast podcasts blog news
	articles comments public all latest main user users member members`)

// ordinary reports whether a segment is one that says nothing of who asks.
func ordinary(segment string) bool {
	s := strings.ToLower(segment)
	return usual[s] || telling[s]
}

// keyed is a segment with a name of its own before a value: ;jsessionid=…, token:….
var keyed = regex.Lazy(`^(.*?)[=:](.+)$`)

// prefixed is a segment whose first word says that a secret follows it.
var prefixed = regex.Lazy(`(?i)^(?:token|key|secret|private|auth|sig|pass|pwd)[-_.]`)

// mixed is a word of letters and digits.
var mixed = regex.Lazy(`[A-Za-z][0-9]|[0-9][A-Za-z]`)

// secretSegment reports whether a segment of a path is, or may hold, a secret.
func secretSegment(s string) bool {
	if m := keyed().FindStringSubmatch(s); m != nil || strings.Contains(s, ";") {
		return m == nil || !harmless[strings.ToLower(m[1])] || !plainValue(m[2])
	}
	return prefixed().MatchString(s) && mixed().MatchString(s) || Random(s)
}

// uuid is one with its hyphens (RFC 9562).
var uuid = regex.Lazy(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// Random reports whether a text looks as if it had been drawn by lot, as keys are, and not
// like words, names, dates and numbers, which people and programs use for posts. It errs
// on the side of keys. The number of a blog or of a post has digits alone.
func Random(text string) bool {
	if uuid().MatchString(text) {
		return true
	}
	var all shape
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !letterOrDigit(r) }) {
		s := shapeOf(run)
		if s.random() {
			return true
		}
		all.add(s)
	}
	// Base64 for addresses has hyphens and underscores within.
	return all.size >= 16 && all.digits > 0 && all.upper > 0 && all.lower > 0 && 4*all.changes >= all.size
}

func letterOrDigit(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// shape counts what a run of letters and digits is made of.
type shape struct {
	size, digits, upper, lower int
	hex                        int // characters that are hexadecimal digits
	vowels, cluster            int // cluster is the longest row of consonants
	changes                    int // from letters to digits, back, and from small to capital letters
	turns                      int // from small to capital letters, and back
}

func (s *shape) add(t shape) {
	s.size += t.size
	s.digits += t.digits
	s.upper += t.upper
	s.lower += t.lower
	s.changes += t.changes
}

func shapeOf(run string) shape {
	s := shape{size: len(run)}
	var last byte
	row := 0
	for i := range len(run) {
		c := run[i]
		kind := kindOf(c)
		switch kind {
		case '0':
			s.digits++
		case 'A':
			s.upper++
		default:
			s.lower++
		}
		if strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 {
			s.hex++
		}
		row++
		if strings.IndexByte("aeiouyAEIOUY0123456789", c) >= 0 {
			row = 0
			if kind != '0' {
				s.vowels++
			}
		}
		s.cluster = max(s.cluster, row)
		switch {
		case i == 0 || kind == last:
		case kind == '0' || last == '0':
			s.changes++
		default:
			s.turns++
			if kind == 'A' {
				s.changes++
			}
		}
		last = kind
	}
	return s
}

// kindOf returns 0 for a digit, A for a capital letter and a for a small one.
func kindOf(c byte) byte {
	switch {
	case c <= '9':
		return '0'
	case c <= 'Z':
		return 'A'
	}
	return 'a'
}

// random reports whether a run is no word, no name and no number. Words with digits in them,
// such as k8s, top10 or 2024review, change between the two once or twice; in a key every
// second or third character does.
func (s shape) random() bool {
	letters := s.upper + s.lower
	switch {
	case letters == 0:
		return s.digits > 24
	case s.digits == 0:
		return s.size >= 20 && (9*s.vowels < 2*letters || s.cluster >= 8) ||
			s.size >= 12 && 10*s.upper > 3*letters && 10*s.lower > 3*letters && 3*s.turns > s.size
	case s.hex == s.size && (s.upper == 0 || s.lower == 0) && (s.size >= 12 && s.changes >= 2 || s.size >= 10 && s.changes >= 3):
		return true
	case s.size >= 20:
		return s.changes >= 3
	case s.size >= 16:
		return 5*s.changes >= s.size
	}
	return s.size >= 10 && 10*s.changes >= 3*s.size
}
