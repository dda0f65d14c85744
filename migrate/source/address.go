package source

import (
	"net/url"
	"regexp"
	"strings"
)

// parseURL reads an address; nil for what is none.
func parseURL(s string) *url.URL {
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

// resolve reads an address of the web relative to base, which may be nil; nil for
// what leads to no page.
func resolve(base *url.URL, s string) *url.URL {
	u := parseURL(s)
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

// web tells whether a text is an absolute address of the web.
func web(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

var tracking = regexp.MustCompile(`^(?:(?:utm|mtm|pk|piwik)_\w+|fbclid|gclid|mc_[ce]id|source=rss.*)(?:=|$)`)

// untracked gives an address without the parameters that feeds add to tell whence a
// reader comes. The others stay as they stand: signed addresses break otherwise.
func untracked(u *url.URL) *url.URL {
	if u.RawQuery == "" {
		return u
	}
	var kept []string
	for param := range strings.SplitSeq(u.RawQuery, "&") {
		if !tracking.MatchString(param) {
			kept = append(kept, param)
		}
	}
	clean := *u
	clean.RawQuery = strings.Join(kept, "&")
	return &clean
}
