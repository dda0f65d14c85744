package blog

import (
	"net/url"
	"strings"

	"replant/migrate/regex"
)

// ParseURL returns the address that a text is, or nil.
func ParseURL(s string) *url.URL {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil
	}
	return u
}

// Resolve returns an address of the web, taken relative to base, which may be nil, or nil for
// what leads to no page.
func Resolve(base *url.URL, s string) *url.URL {
	u := ParseURL(s)
	if u == nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	return u
}

// IsWeb reports whether a text is an absolute address of the web. The case of its scheme makes
// no difference (RFC 3986, section 3.1).
func IsWeb(s string) bool { return begins(s, "http://") || begins(s, "https://") }

func begins(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

var tracking = regex.Lazy(`^(?:(?:utm|mtm|pk|piwik)_\w+|fbclid|gclid|mc_[ce]id|source=rss.*)(?:=|$)`)

// Untracked returns an address without the parameters that feeds add to tell whence a
// reader comes. The others stay as they stand: signed addresses break otherwise.
func Untracked(u *url.URL) *url.URL {
	if u.RawQuery == "" {
		return u
	}
	var kept []string
	for param := range strings.SplitSeq(u.RawQuery, "&") {
		if !tracking().MatchString(param) {
			kept = append(kept, param)
		}
	}
	clean := *u
	clean.RawQuery = strings.Join(kept, "&")
	return &clean
}

// Rebase resolves an address against a base that may be nil. A text that is no address
// leaves the base as it is.
func Rebase(base *url.URL, ref string) *url.URL {
	u := ParseURL(ref)
	switch {
	case u == nil:
		return base
	case base == nil:
		return u
	}
	return base.ResolveReference(u)
}

// SameServer reports whether what was typed for one address holds for another: the same
// scheme, host and port, or the same host gone from http to https. Another port of a private
// host is another program's.
func SameServer(typed, to *url.URL) bool {
	if typed.Scheme == to.Scheme {
		return Server(typed) == Server(to)
	}
	return to.Scheme == "https" && typed.Port() == "" && to.Port() == "" &&
		strings.EqualFold(typed.Host, to.Host)
}

// Server returns the name of a server: scheme, host and port, the port always said.
func Server(u *url.URL) string {
	port := u.Port()
	switch {
	case port == "" && u.Scheme == "http":
		port = "80"
	case port == "":
		port = "443"
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

// Unescaped returns a part of an address without its percent-encoding, or as it is where that
// is broken.
func Unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}
