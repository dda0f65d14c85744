package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

func TestRedirects(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		hops int
		want string
	}{
		{hops: 0}, {hops: 10}, {hops: 11, want: "more than 10 redirects"}, {hops: 1 << 30, want: "more than 10 redirects"},
	} {
		var asked atomic.Int32
		c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			n := int(asked.Add(1))
			if n <= tt.hops {
				http.Redirect(w, r, fmt.Sprintf("//h%d.example.com/%d", n, n), http.StatusFound)
				return
			}
			says("there")(w, r)
		})
		got, err := picture(t, c, photo)
		switch {
		case tt.want == "" && (err != nil || got != "there"):
			t.Errorf("%d hops: got %q, %v", tt.hops, got, err)
		case tt.want != "" && (err == nil || err.Error() != tt.want || asked.Load() != 11):
			t.Errorf("%d hops: error %v, asked %d times", tt.hops, err, asked.Load())
		}
	}
}

func TestRedirectToAnotherScheme(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"file:///etc/passwd", "ftp://example.com/", "data:,x", "javascript:1"} {
		c := world(t, Options{}, http.RedirectHandler(to, http.StatusFound).ServeHTTP)
		if _, err := picture(t, c, photo); !errors.Is(err, ErrScheme) {
			t.Errorf("%s: %v", to, err)
		}
	}
}

// TestSecretsStayWithTheirServer types a password, and looks at what each server of a
// chain of redirects hears of it.
func TestSecretsStayWithTheirServer(t *testing.T) {
	t.Parallel()
	const user = "ann:s3cret"
	for _, tt := range []struct {
		typed, to string
		told      bool
	}{
		{"http://blog.example.com/a", "http://blog.example.com/b", true},
		{"http://blog.example.com/a", "https://blog.example.com/b", true},
		{"http://blog.example.com:80/a", "http://BLOG.example.com/b", true},
		{"https://blog.example.com/a", "http://blog.example.com/b", false},
		{"https://blog.example.com/a", "https://blog.example.com:8443/b", false},
		{"http://blog.example.com:8080/a", "https://blog.example.com/b", false},
		{"https://blog.example.com/a", "https://www.blog.example.com/b", false},
		{"https://blog.example.com/a", "https://example.com/b", false},
		{"https://blog.example.com/a", "https://eve:guess@other.example.com/b", false},
	} {
		var log bytes.Buffer
		typed := strings.Replace(tt.typed, "://", "://"+user+"@", 1) + "?token=t0ken"
		c := world(t, Options{Log: debugLog(&log)}, func(w http.ResponseWriter, r *http.Request) {
			name, password, ok := r.BasicAuth()
			told := ok && name+":"+password == user
			if first := r.URL.Path == "/a"; told != (first || tt.told) || ok && !told {
				t.Errorf("%s -> %s: %s%s was told %q", tt.typed, tt.to, r.Host, r.URL, name)
			}
			if r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" {
				t.Errorf("%s was told %v", r.Host, r.Header)
			}
			http.SetCookie(w, &http.Cookie{Name: "track", Value: "1", Domain: "example.com"})
			if r.URL.Path == "/a" {
				http.Redirect(w, r, tt.to, http.StatusMovedPermanently)
				return
			}
			says("<rss/>")(w, r)
		})
		if r := feed(t, c, typed, ""); r.URL.User != nil {
			t.Errorf("the reply comes from %s", r.URL)
		}
		if strings.Contains(log.String(), "s3cret") || strings.Contains(log.String(), "t0ken") {
			t.Errorf("the log has secrets: %s", &log)
		}
	}
}

func debugLog(b *bytes.Buffer) *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func TestOlderPagesNeedThePasswordToo(t *testing.T) {
	t.Parallel()
	c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if _, password, _ := r.BasicAuth(); (password == "s3cret") != (r.Host == "blog.example.com" && r.URL.Path == "/feed") {
			t.Errorf("%s%s was told %q", r.Host, r.URL, password)
		}
		says(r.URL.String())(w, r)
	})
	feed(t, c, "https://ann:s3cret@blog.example.com/feed", "")
	feed(t, c, "https://blog.example.com/feed?page=2", "")
	feed(t, c, "https://other.example.com/feed", "")
	if _, err := picture(t, c, "https://ann:s3cret@blog.example.com/a.png"); err != nil {
		t.Error(err)
	}
}

func TestErrorsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"http://127.0.0.1/?token=t0ken", "ftp://ann:s3cret@example.com/", "http://ann:s3cret@10.0.0.1/", "http://h.example.com/loop"} {
		c := world(t, Options{}, http.RedirectHandler(to, http.StatusFound).ServeHTTP)
		_, err := c.Feed(t.Context(), address(t, "https://ann:s3cret@blog.example.com/feed?token=t0ken"), "")
		if err == nil || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "t0ken") {
			t.Errorf("redirected to %s: %v", to, err)
		}
	}
}

// TestValidatorsBelongToWhoGaveThem moves a feed to a server that takes every validator
// for its own.
func TestValidatorsBelongToWhoGaveThem(t *testing.T) {
	t.Parallel()
	to := "https://old.example.com/feed"
	c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		tag := r.Header.Get("If-None-Match")
		switch {
		case r.Host == "blog.example.com":
			http.Redirect(w, r, to, http.StatusFound)
		case tag != "":
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"1"`)
			says(r.Host)(w, r)
		}
	})
	for _, want := range []string{"old.example.com", "old.example.com", "new.example.com"} {
		to = (&url.URL{Scheme: "https", Host: want, Path: "/feed"}).String()
		if got := text(t, feed(t, c, blogFeed, "s")); got != want {
			t.Errorf("got the feed of %s, want that of %s", got, want)
		}
	}
}

// A host that a feed was redirected to is trusted no more when its older pages are asked
// for by its own name: that may lead elsewhere by then.
func TestOlderPagesBehindARedirectStayGuarded(t *testing.T) {
	t.Parallel()
	c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Host == "typed.example.com" {
			http.Redirect(w, r, "http://other.example.com/feed", http.StatusFound)
			return
		}
		fmt.Fprint(w, "<rss/>")
	})
	var typed, guarded atomic.Int32
	transports := c.http.HTTPClient.Transport.(*roundTripper).transports
	transports.typed, transports.guarded = heard{&typed, transports.typed}, heard{&guarded, transports.guarded}
	for _, addr := range []string{"http://typed.example.com/feed", "http://other.example.com/feed?page=2"} {
		feed(t, c, addr, "")
	}
	if typed.Load() != 1 || guarded.Load() != 2 {
		t.Errorf("%d requests went where the user said, %d to public addresses alone", typed.Load(), guarded.Load())
	}
}

// heard counts the requests that take a transport.
type heard struct {
	n   *atomic.Int32
	via http.RoundTripper
}

func (h heard) RoundTrip(r *http.Request) (*http.Response, error) {
	h.n.Add(1)
	return h.via.RoundTrip(r)
}

// What was typed is trusted for its own port: another one of the same private host is
// another program's.
func TestAnotherPortOfATypedHostIsNotTrusted(t *testing.T) {
	t.Parallel()
	for to, ok := range map[string]bool{
		"http://127.0.0.1:8000/b": true, "http://127.0.0.1:8001/b": false, "http://127.0.0.1/b": false, "https://127.0.0.1:8000/b": false,
	} {
		c := world(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/a" {
				http.Redirect(w, r, to, http.StatusFound)
				return
			}
			says("<rss/>")(w, r)
		})
		_, err := c.Feed(t.Context(), address(t, "http://127.0.0.1:8000/a"), "")
		if ok != (err == nil) || err != nil && !errors.Is(err, ErrPrivate) {
			t.Errorf("redirected to %s: %v", to, err)
		}
	}
}
