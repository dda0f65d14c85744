package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSecretsStayOut asks for feeds by addresses with a secret in every place that one can
// be in, between braces, and looks for it in all that replant writes and says: the site with
// its ledger, the cache and the names of its files, the log and the lines of JSON, and what
// is said of addresses that fail. The address answers as its path says.
func TestSecretsStayOut(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(secretiveServer))
	t.Cleanup(srv.Close)
	for i, addr := range strings.Fields(`
		http://ann:{hushhush}@HOST/feed
		http://{hushhush}@HOST/feed
		http://ann:{hushhush}@HOST/broken
		http://ann:{hushhush}@HOST/gone
		http://ann:{hushhush}@HOST/page/feed
		http://HOST/feed?token={hushhush}
		http://HOST/feed?TOKEN={hushhush}
		http://HOST/feed?%74oken={hushhush}
		http://HOST/feed?pwd={hushhush}
		http://HOST/feed?pass={hushhush}
		http://HOST/feed?pw={hushhush}
		http://HOST/feed?hash={hushhush}
		http://HOST/feed?h={hushhush}
		http://HOST/feed?k={hushhush}
		http://HOST/feed?ticket={hushhush}
		http://HOST/feed?uid={hushhush}
		http://HOST/feed?feedkey={hushhush}
		http://HOST/feed?s={hushhush}
		http://HOST/feed?jwt={hushhush}
		http://HOST/feed?private={hushhush}
		http://HOST/feed?rss_key={hushhush}
		http://HOST/feed?{hushhush}
		http://HOST/feed?{hushhush}=1
		http://HOST/feed?page={0a1b2c3d4e5f6071}
		http://HOST/feed?page=2;k={hushhush}
		http://HOST/feed?format=rss&user[key]={hushhush}
		http://HOST/broken?k={hushhush}
		http://HOST/gone?k={hushhush}
		http://HOST/gone/private/{hushhush}.rss
		http://HOST/page/private/{hushhush}.rss
		http://HOST/empty?s={hushhush}
		http://HOST/away?s={hushhush}
		http://HOST/nowhere?s={hushhush}
		http://HOST/file?s={hushhush}
		http://HOST/feed/private/{0a1b2c}.rss
		http://HOST/private/feed/{hushhush}/rss
		http://HOST/feed/{0a1b2c3d4e5f60710a1b2c3d4e5f6071}.rss
		http://HOST/{550e8400-e29b-41d4-a716-446655440000}/feed/
		http://HOST/feed/{x7Kp9aQ3vB_8Zt-2LmN4w}
		http://HOST/feed/token={hushhush}/rss
		http://HOST/feed;sid={hushhush}
		http://HOST/feed#{hushhush}
		http://ann:{hushhush}@[::1/feed
		http://ann:{hushhush}%zz@HOST/feed
		http//ann:{hushhush}@HOST
		ann:{hushhush}@HOST/feed
		ftp://ann:{hushhush}@HOST/feed
		feeds.example/feed?token={hushhush}
		http:///feed?token={hushhush}
	`) {
		if testing.Short() && i%5 != 0 {
			continue // each takes five runs of the program
		}
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			addr = strings.ReplaceAll(addr, "HOST", strings.TrimPrefix(srv.URL, "http://"))
			_, rest, _ := strings.Cut(addr, "{")
			secret, _, _ := strings.Cut(rest, "}")
			addr = strings.NewReplacer("{", "", "}", "").Replace(addr)
			leaves(t, addr, secret)
		})
	}
	leaves(t, "http://ann:hush hush@"+strings.TrimPrefix(srv.URL, "http://")+"/feed", "hush")
}

// leaves runs replant on an address in each way that says something, and fails where the
// secret is in what comes of it.
func leaves(t *testing.T, addr, secret string) {
	t.Helper()
	site := filepath.Join(t.TempDir(), "site")
	for _, args := range [][]string{
		{"-vv", "-n", "--patch", addr, site}, {"-vv", "--json", "--log-format", "json", addr, site}, {addr}, {"init", addr, site}, {"-vv", site},
	} {
		out, _ := replantCmd(site, args...).CombinedOutput()
		if strings.Contains(string(out), secret) {
			t.Errorf("%s: %v says\n%s", addr, args[:len(args)-1], out)
		}
	}
	for _, dir := range []string{site, site + ".cache"} {
		for name, text := range readTree(dir) {
			if strings.Contains(name, secret) || strings.Contains(text, secret) {
				t.Errorf("%s: %s has\n%s", addr, name, text)
			}
		}
	}
}

// secretiveServer answers with a feed, or with what goes wrong in the place of one. No
// answer holds anything of the address but that of a redirect.
func secretiveServer(w http.ResponseWriter, r *http.Request) {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch first {
	case "broken":
		fmt.Fprint(w, `<rss version="2.0"><channel><title>A</title><item><title>a</title>`)
	case "gone":
		http.NotFound(w, r)
	case "page":
		fmt.Fprint(w, `<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed">`)
	case "empty":
	case "away":
		http.Redirect(w, r, "/feed?"+r.URL.RawQuery, http.StatusFound)
	case "nowhere":
		w.Header().Set("Location", "http://%zz/?"+r.URL.RawQuery)
		w.WriteHeader(http.StatusFound)
	case "file":
		http.Redirect(w, r, "file:///etc/"+r.URL.RawQuery, http.StatusFound)
	default:
		fmt.Fprint(w, `<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>`+
			`<item><title>a</title><link>https://a.example/a</link><description>text</description></item></channel></rss>`)
	}
}

// TestLedgerOfBeforeIsCleaned returns replant a ledger with secrets in clear: the feed is the
// same one, and the next ledger has none.
func TestLedgerOfBeforeIsCleaned(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(secretiveServer))
	t.Cleanup(srv.Close)
	for _, addr := range []string{"/feed?pwd=hushhush", "/feed/private/0a1bhushhush.rss", "/feed?h=hushhush&page=1"} {
		site := filepath.Join(t.TempDir(), "site")
		if out, err := replantCmd(site, srv.URL+addr, site).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		name := filepath.Join(site, ".replant", "ledger.json")
		fresh, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		uncleaned(t, name, string(fresh), srv.URL+addr)
		for _, args := range [][]string{{site}, {srv.URL + addr, site}} { // the site alone is read for the last time
			out, err := replantCmd(site, args...).CombinedOutput()
			if err != nil || strings.Contains(string(out), "created") || strings.Contains(string(out), "hushhush") {
				t.Errorf("%s: %v: %v\n%s", addr, args, err, out)
			}
			if told := strings.Contains(string(out), "the ledger had the whole of its address"); told != (len(args) == 1) {
				t.Errorf("%s: %v says\n%s", addr, args, out)
			}
			if got, err := os.ReadFile(name); err != nil || string(got) != string(fresh) {
				t.Errorf("%s: %v leaves\n%s\nwant\n%s", addr, args, got, fresh)
			}
		}
		out, err := replantCmd(site, site).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "its secret part is not kept in the ledger\nhint: `replant init FEED ") {
			t.Errorf("%s: %v\n%s", addr, err, out)
		}
	}
}

// uncleaned writes a ledger as it was before: with the whole address of its one feed, and
// no fingerprint.
func uncleaned(t *testing.T, name, text, addr string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(text) {
		switch at := strings.TrimSpace(line); {
		case strings.HasPrefix(at, `"secret":`):
			continue
		case strings.HasPrefix(at, `"address":`):
			line = fmt.Sprintf("   \"address\": %q,\n", addr)
		}
		lines = append(lines, line)
	}
	if err := os.WriteFile(name, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}
