package main

import (
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"replant/migrate"
	"replant/migrate/fetch"
)

// hintOf returns the next step after an error, or "" where there is none.
func hintOf(err error) string {
	var h interface{ Hint() string }
	var s *fetch.StatusError
	var p *fetch.ProxyError
	var feed *migrate.FeedError
	switch {
	case errors.As(err, &h) && h.Hint() != "":
		return h.Hint()
	case errors.As(err, &p):
		return proxyHint(p)
	case errors.As(err, &s) && s.RetryAfter > 0:
		return "the server asks to come back in " + s.RetryAfter.Round(time.Second).String()
	case errors.Is(err, fetch.ErrTurnedPrivate):
		return "if that is meant, say --allow-private-addresses"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return roomHint(err)
	case errors.Is(err, syscall.EROFS):
		return "the disk is read-only: make it writable, or give a folder of another one"
	case errors.As(err, &feed):
		return networkHint(feed)
	case errors.Is(err, fs.ErrPermission):
		return "let the user who runs replant read and write there"
	}
	return ""
}

// roomHint says where there is no room left: the cache may lie on another disk than the site.
func roomHint(err error) string {
	const then = ", then run it again: what is there is whole, and it goes on from there"
	var full *fs.PathError
	if dir, none := cacheDir(); none == nil && errors.As(err, &full) && strings.HasPrefix(full.Path, dir) {
		return "make room where the cache lies, " + dir + ", or name another place as XDG_CACHE_HOME" + then
	}
	return "make room" + then
}

// proxyHint says where a proxy is set, and how a login to it is.
func proxyHint(p *fetch.ProxyError) string {
	if p.Code == http.StatusProxyAuthRequired {
		return "the proxy wants a login: HTTPS_PROXY=http://USER:PASSWORD@" + p.Proxy
	}
	return "HTTPS_PROXY and HTTP_PROXY set the proxy, NO_PROXY the hosts to ask without it"
}

// networkHint returns the next step after a feed could not be fetched.
func networkHint(feed *migrate.FeedError) string {
	var status *fetch.StatusError
	var lookup *net.DNSError
	switch {
	case errors.As(feed, &status):
		return statusHint(feed.Address, status)
	case errors.As(feed, &lookup) && lookup.IsNotFound:
		return "is the name right, and is there a network?"
	case errors.Is(feed, syscall.ECONNREFUSED):
		return "is the server running, and is the port right?"
	case errors.Is(feed, http.ErrSchemeMismatch):
		return "did you mean http://" + strings.TrimPrefix(feed.Address, "https://") + "?"
	}
	return ""
}

// statusHint returns the next step after a server refused a feed.
func statusHint(address string, s *fetch.StatusError) string {
	if proxy := proxyFor(address); proxy != "" && s.Code != http.StatusNotFound {
		return "asked through the proxy " + proxy + ", which may be what refuses; NO_PROXY names hosts to ask without it"
	}
	const save = "open it in a browser, save the feed as a file, and give the file"
	switch s.Code {
	case http.StatusUnauthorized:
		return "it wants a login: https://USER:PASSWORD@… or, in a browser, save the feed as a file and give the file"
	case http.StatusForbidden, http.StatusNotAcceptable, http.StatusUnavailableForLegalReasons:
		return "it turns programs away: " + save
	case http.StatusNotFound, http.StatusGone:
		return "is the name right? The address of the blog itself does too, where its pages name the feed"
	}
	switch {
	case s.Challenge:
		return save
	case s.Code >= http.StatusInternalServerError:
		return "the server is in trouble: try again later"
	}
	return ""
}

// proxyFor returns the proxy through which a plain http address is asked for: it answers in
// the place of the server. It is empty where there is none.
func proxyFor(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" {
		return ""
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u})
	if err != nil || proxy == nil {
		return ""
	}
	return proxy.Host
}
