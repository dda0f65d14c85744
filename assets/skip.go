package assets

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Patterns are addresses of pictures that stay where they are.
type Patterns struct {
	exact map[string]bool // hosts and names of files
	part  []glob          // for a host or a name
	whole []glob          // for both and all between them
}

// Badges is the word among patterns for the services that draw badges: the state of a
// build, a version, a number of downloads. A copy would show that of the day it was made.
const Badges = "badges"

// badges are those services, as patterns.
var badges = []string{
	"*.shields.io", "badge.fury.io", "*badgen.net", "badges.gitter.im", "*/badge.svg", "*/badge", "github.com/*/badges/*",
	"travis-ci.*/*.svg", "*.travis-ci.*/*.svg", "codecov.io/*", "coveralls.io/repos/*", "circleci.com/*.svg",
	"goreportcard.com/badge/*", "pkg.go.dev/badge/*", "godoc.org/*status.svg", "snyk.io/*/badge*", "api.netlify.com/api/v1/badges/*",
	"sonarcloud.io/api/project_badges/*", "readthedocs.org/projects/*/badge*", "ci.appveyor.com/api/projects/status/*",
	"api.codacy.com/project/badge/*", "app.codacy.com/project/badge/*", "api.codeclimate.com/*/badges/*",
	"bestpractices.coreinfrastructure.org/*/badge", "visitor-badge.*", "hits.seeyoufarm.com", "komarev.com/ghpvc/*", "profile-counter.glitch.me",
}

// ParsePatterns reads patterns, parted by commas or spaces: host names ("img.shields.io"),
// hosts with a path ("example.com/ads/*") and names of files ("*.gif"). A star stands for
// any characters, slashes too, a question mark for one; letter case does not count, nor
// does what stands behind a question mark in an address. The word badges stands for the
// usual services of badges, and none for no pattern at all.
func ParsePatterns(list string) (Patterns, error) {
	var all []string
	for _, p := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		switch {
		case p == "none":
		case p == Badges:
			all = append(all, badges...)
		case strings.Contains(p, "://"):
			return Patterns{}, fmt.Errorf("%s: a pattern has no scheme: begin with the host", p)
		case strings.ContainsAny(p, `[]{}\`):
			return Patterns{}, fmt.Errorf("%s: only * and ? have a meaning in a pattern", p)
		case strings.Trim(p, "*?/.") == "":
			return Patterns{}, fmt.Errorf("%s: would match every picture; --images remote leaves them all", p)
		default:
			all = append(all, p)
		}
	}
	if list != "" && strings.Trim(list, ", ") == "" {
		return Patterns{}, errors.New("no pattern in it")
	}
	return compile(all), nil
}

// compile reads patterns for texts of the form "host/path": one without a slash is for
// the host, or for what stands behind the last slash.
func compile(all []string) Patterns {
	p := Patterns{exact: map[string]bool{}}
	for _, text := range all {
		text = fold(text)
		switch g := parseGlob(text); {
		case strings.Contains(text, "/"):
			p.whole = append(p.whole, g)
		case g.wild:
			p.part = append(p.part, g)
		default:
			p.exact[text] = true
		}
	}
	return p
}

// Match reports whether an address is one of those.
func (p Patterns) Match(u *url.URL) bool {
	return p.any() && p.match(subject(u))
}

func (p Patterns) any() bool { return len(p.exact)+len(p.part)+len(p.whole) > 0 }

// subject is what patterns are held against.
func subject(u *url.URL) string {
	return fold(u.Hostname() + "/" + strings.TrimPrefix(u.Path, "/"))
}

func (p Patterns) match(subject string) bool {
	host := subject[:strings.IndexByte(subject, '/')]
	name := subject[strings.LastIndexByte(subject, '/')+1:]
	if p.exact[host] || p.exact[name] {
		return true
	}
	for _, g := range p.part {
		if g.match(host) || g.match(name) {
			return true
		}
	}
	return slices.ContainsFunc(p.whole, func(g glob) bool { return g.match(subject) })
}

// chrome are pictures of services and not of posts: faces, the signs of sites, and what
// counts or advertises. They stay where they are, and nobody misses them.
var chrome = compile([]string{
	"*gravatar.com", "favicon.ico", "*.google.com/s2/favicons", "*.gstatic.com/faviconV2", "icons.duckduckgo.com/ip3/*",
	"*.doubleclick.net", "*.googlesyndication.com", "*.amazon-adsystem.com", "*.buysellads.com", "*.carbonads.net",
	"*statcounter.com", "hits.dwyl.com", "*.hitwebcounter.com",
})

// skips reports whether a picture stays where it is, whatever its address wraps.
func (o Options) skips(p *picture) bool {
	for _, a := range p.wants {
		for _, u := range o.candidates(a.url) {
			if s := subject(u); o.Skip.match(s) || chrome.match(s) {
				return true
			}
		}
	}
	return false
}

// glob is a text in which a star stands for any characters and a question mark for one.
type glob struct {
	text       string
	head, tail string // what stands before the first of those marks and behind the last
	wild       bool   // there are such marks
}

// parseGlob reads a glob for texts that [fold] has folded as it has folded this one.
func parseGlob(text string) glob {
	const marks = "*?"
	i := strings.IndexAny(text, marks)
	if i < 0 {
		return glob{text: text}
	}
	return glob{text, text[:i], text[strings.LastIndexAny(text, marks)+1:], true}
}

// match reports whether all of s is what the glob says. Most texts are told by their ends.
func (g glob) match(s string) bool {
	if !g.wild {
		return s == g.text
	}
	if len(s) < len(g.head)+len(g.tail) || !strings.HasPrefix(s, g.head) || !strings.HasSuffix(s, g.tail) {
		return false
	}
	return matchMarks(g.text[len(g.head):len(g.text)-len(g.tail)], s[len(g.head):len(s)-len(g.tail)])
}

// matchMarks holds a glob against a text. On a mismatch the last star takes one more
// character: an earlier star need never take more, since a later one can.
func matchMarks(glob, s string) bool {
	if glob == "*" {
		return true
	}
	star, rest := "", "" // the glob behind the last star, and the text behind what it took
	starred := false
	for s != "" {
		size := runeLen(s)
		switch {
		case glob != "" && glob[0] == '*':
			glob = glob[1:]
			star, rest, starred = glob, s, true
		case glob != "" && glob[0] == '?':
			glob, s = glob[1:], s[size:]
		case strings.HasPrefix(glob, s[:size]):
			glob, s = glob[size:], s[size:]
		case starred:
			rest = rest[runeLen(rest):]
			glob, s = star, rest
		default:
			return false
		}
	}
	return strings.Trim(glob, "*") == ""
}

func runeLen(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// fold makes texts alike that differ in letter case alone, by the simple folding of
// Unicode.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(foldRune, s)
		}
	}
	return strings.ToLower(s)
}

// foldRune returns the smallest of the characters that differ from r in case alone, with
// those of ASCII small.
func foldRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if least < utf8.RuneSelf {
		return unicode.ToLower(least)
	}
	return least
}
