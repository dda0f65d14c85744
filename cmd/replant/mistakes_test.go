package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mistakes are command lines as a new user types them, in quotes where words hold spaces,
// with the answer to each: one line that says what is the matter, and a hint. URL is a server's
// address, and DIR the folder of the files below.
var mistakes = []struct {
	args, says, hint string
	code             int
}{
	// What is meant is an address.
	{`ben site`, "ben: neither a file nor an address", "if it names a blog, give its feed: https://dev.to/feed/ben, https://medium.com/feed/@ben or https://ben.substack.com/feed", 2},
	{`@ben site`, "@ben: neither a file nor an address", "if it names a blog, give its feed: https://dev.to/feed/ben or https://medium.com/feed/@ben", 2},
	{`@ben`, "@ben: neither a site nor a feed", "if it names a blog, give its feed: https://dev.to/feed/ben or https://medium.com/feed/@ben", 2},
	{`@ben@mastodon.example site`, "@ben@mastodon.example: neither a file nor an address", "did you mean https://mastodon.example/@ben.rss?", 2},
	{`ben@blog.example site`, "ben@blog.example: an address of mail, not of a blog", "give the address of the blog, such as https://blog.example", 2},
	{`dev.to/ben site`, "dev.to/ben: neither a file nor a complete address", "did you mean https://dev.to/feed/ben?", 2},
	{`dev.to/ben`, "dev.to/ben: a feed alone, and nowhere to put it", "name the site's folder too: replant https://dev.to/feed/ben SITE", 2},
	{`medium.com/@ben site`, "medium.com/@ben: neither a file nor a complete address", "did you mean https://medium.com/feed/@ben?", 2},
	{`ben.substack.com site`, "ben.substack.com: neither a file nor a complete address", "did you mean https://ben.substack.com/feed?", 2},
	{`www.blog.example site`, "www.blog.example: neither a file nor a complete address", "did you mean https://www.blog.example?", 2},
	{`localhost:1313 site`, "localhost:1313: neither a file nor a complete address", "did you mean http://localhost:1313?", 2},
	{`192.168.1.7:8080/feed site`, "192.168.1.7:8080/feed: neither a file nor a complete address", "did you mean http://192.168.1.7:8080/feed?", 2},
	{`https:/dev.to/feed/ben site`, "https:/dev.to/feed/ben: neither a file nor a complete address", "did you mean https://dev.to/feed/ben?", 2},
	{`https//dev.to/feed/ben site`, "https//…: neither a file nor a complete address", "did you mean https://dev.to/feed/ben?", 2},
	{`http:blog.example/feed site`, "http:blog.example/feed: neither a file nor a complete address", "did you mean http://blog.example/feed?", 2},
	{`htps://blog.example/feed site`, "htps://blog.example/feed: neither a file nor a complete address", "did you mean https://blog.example/feed?", 2},
	{`https:\\blog.example\feed site`, `https:\\blog.example\feed: neither a file nor a complete address`, "did you mean https://blog.example/feed?", 2},
	{`feed:https://blog.example/feed site`, "feed:https://blog.example/feed: neither a file nor a complete address", "did you mean https://blog.example/feed?", 2},
	{`'"https://blog.example/feed"' site`, `"https://blog.example/feed": the address has other characters around it`, "did you mean https://blog.example/feed?", 2},
	{`https://blog.example/feed, site`, "https://blog.example/feed,: the address has other characters around it", "did you mean https://blog.example/feed?", 2},
	{`'<https://blog.example/feed>' site`, "<https://blog.example/feed>: the address has other characters around it", "did you mean https://blog.example/feed?", 2},
	{`github.com/Ben/blog site`, "github.com/Ben/blog: a repository, not a feed", "give the address of the blog that is made of it, such as https://ben.github.io/blog/", 2},
	{`https://github.com/ben/blog.git site`, "https://github.com/ben/blog.git: a repository, not a feed", "give the address of the blog that is made of it, such as https://ben.github.io/blog/", 2},
	{`git@github.com:ben/blog.git site`, "git@github.com:ben/blog.git: a repository, not a feed", "give the address of the blog, such as https://example.org", 2},
	{`ftp://blog.example/feed site`, "ftp://blog.example/feed: ftp addresses cannot be read", "give an address that starts with https://, or a file", 2},
	{`https:// site`, "https://…: not a complete address", "an address such as https://dev.to/feed/ben", 2},
	{`https://blog.example/feed`, "https://blog.example/feed: a feed alone, and nowhere to put it", "name the site's folder too: replant https://blog.example/feed SITE", 2},

	// What is meant is a file.
	{`fed.xml site`, "fed.xml: no such file or directory", "did you mean feed.xml?", 1},
	{`~/feed.xml site`, "~/feed.xml: no such file or directory", "a shell puts your home folder for ~ unless it stands in quotes: DIR/feed.xml", 1},
	{`file:///srv/feed.xml site`, "file://…: file addresses cannot be read", "give the name of the file: /srv/feed.xml", 2},
	{`my feed.xml site`, "too many arguments: site", "quote names that contain spaces: 'my feed.xml'", 2},
	{`page.html site`, "page.html: this is a web page, not a feed", "in a browser, open the feed of the blog and not its page, and save that", 1},
	{`empty.xml site`, "empty.xml: this is empty", "give a feed (RSS, Atom or JSON Feed), or the export of a blog", 1},
	{`text.txt site`, "text.txt: this is text, not a feed", "give a feed (RSS, Atom or JSON Feed), or the export of a blog", 1},
	{`folder site`, "folder: a folder, not a feed, and no export of Ghost, Medium, Substack, Tumblr or WordPress", "give the address or the file of a feed, or the folder of an export", 2},
	{`feed.xml`, "feed.xml: a feed alone, and nowhere to put it", "name the site's folder too: replant feed.xml SITE", 2},

	// The site is not where it should be.
	{`site feed.xml`, "site: no feed of that name", "the feed comes first: replant feed.xml site", 2},
	{`site https://blog.example/feed`, "site: no feed of that name", "the feed comes first: replant https://blog.example/feed site", 2},
	{`site dev.to/ben`, "site: no feed of that name", "the feed comes first: replant https://dev.to/feed/ben site", 2},
	{`folder feed.xml`, "folder: a folder, not a feed, and no export of Ghost, Medium, Substack, Tumblr or WordPress", "the feed comes first: replant feed.xml folder", 2},
	{`feed.xml text.txt`, "text.txt: a file, not the folder of a site", "the site is a folder: give the one that it lies in, or a new one", 2},
	{`feed.xml https://blog.example`, "https://blog.example: an address, not the folder of a site", "give a folder of this machine: that of your Hugo or Zola site, or a new one", 2},
	{`https://a.example/feed https://b.example/feed`, "https://b.example/feed: an address, not the folder of a site", "name a folder for the site; several feeds come one by one: replant init FEED SITE", 2},
	{`feed.xml ~/site`, "~/site: no folder of this machine", "a shell puts your home folder for ~ unless it stands in quotes: DIR/site", 2},
	{`feed.xml ''`, "the name of the site's folder is empty", "an empty variable?", 2},
	{`folder`, "folder: no ledger here, so no feed to sync", "the first time, name the feed too: replant FEED folder", 2},
	{``, "name a feed and the site's folder", "replant FEED SITE, or replant --help", 2},
	{`check`, "name a feed and the site's folder", "replant FEED SITE, or replant --help", 2},
	{`stauts folder`, "stauts: neither a feed nor a command", "did you mean `replant status`?", 2},
	{`import feed.xml site`, "import: neither a feed nor a command", "did you mean `replant FEED SITE`?", 2},
	{`version folder`, "version: takes no argument", "replant version", 2},

	// Flags, and what they take.
	{`--dryrun feed.xml site`, "unknown flag --dryrun", "did you mean --dry-run?", 2},
	{`-dry-run feed.xml site`, "unknown flag -dry-run", "did you mean --dry-run?", 2},
	{`--force feed.xml site`, "unknown flag --force", "--refresh makes every page anew; edits stay", 2},
	{`--yes feed.xml site`, "unknown flag --yes", "replant --help lists what there is", 2},
	{`-V`, "unknown flag -V", "replant version", 2},
	{`--output site feed.xml`, "unknown flag --output", "the folder comes last: replant FEED SITE", 2},
	{`--target`, "--target: needs a value", "--target hugo|zola", 2},
	{`--target jekyll feed.xml site`, "--target jekyll: must be hugo or zola", "", 2},
	{`--target Hugo feed.xml site`, "--target Hugo: must be hugo or zola", "did you mean hugo?", 2},
	{`--theme papermodd feed.xml site`, "--theme papermodd: not a theme whose keys replant knows", "did you mean PaperMod?", 2},
	{`--since yesterday feed.xml site`, "--since yesterday: must be all or a day such as 2024-01-31", "year, month and day, each in full: YYYY-MM-DD", 2},
	{`--since 31.1.2024 feed.xml site`, "--since 31.1.2024: must be all or a day such as 2024-01-31", "year, month and day, each in full: 2024-01-31", 2},
	{`--timezone Berlin feed.xml site`, "--timezone Berlin: must be auto or a zone such as Europe/Berlin or +02:00", "did you mean Europe/Berlin?", 2},
	{`--timezone UTC+2 feed.xml site`, "--timezone UTC+2: must be auto or a zone such as Europe/Berlin or +02:00", "did you mean +02:00?", 2},
	{`--enrich off feed.xml site`, "--enrich off: the value of this flag stands behind =", "did you mean --enrich=off?", 2},
	{`--prune all feed.xml site`, "--prune all: the value of this flag stands behind =", "did you mean --prune=all?", 2},
	{`--wait 10 feed.xml site`, `--wait 10: must be a duration like "30s" or "5m"`, "such as --wait 10m", 2},
	{`--wait 15min feed.xml site`, `--wait 15min: must be a duration like "30s" or "5m"`, "such as --wait 15m", 2},
	{`--time-limit 1d feed.xml site`, `--time-limit 1d: must be a duration like "30s" or "5m"`, "such as --time-limit 24h", 2},
	{`--pages all feed.xml site`, "--pages all: must be an integer", "a number, such as --pages 3", 2},
	{`--shift-headings 9 feed.xml site`, "--shift-headings 9: must be -2, -1, 0, 1, 2, 3, 4 or 5", "", 2},
	{`--remind 7 feed.xml site`, "--remind 7: must be days or weeks, such as 7d or 2w", "", 2},
	{`--uploads nowhere feed.xml site`, "--uploads nowhere: no such file or directory", "name the folder that holds 2024, 2023 and so on", 2},

	// What a server answers.
	{`URL/401 site`, "URL/401: 401 Unauthorized", "it wants a login: https://USER:PASSWORD@… or, in a browser, save the feed as a file and give the file", 1},
	{`URL/403 site`, "URL/403: 403 Forbidden", "it turns programs away: open it in a browser, save the feed as a file, and give the file", 1},
	{`URL/404 site`, "URL/404: 404 Not Found", "is the name right? The address of the blog itself does too, where its pages name the feed", 1},
	{`URL/500 site`, "URL/500: 500 Internal Server Error", "the server is in trouble: try again later", 1},
	{`http://127.0.0.1:1/feed site`, "http://127.0.0.1:1/feed: connection refused", "is the server running, and is the port right?", 1},
	{`URL/ site`, "URL/: this is a web page, not a feed; it names none, and there is none at /feed/, /rss.xml, /feed.xml, /index.xml, /atom.xml", "give the address of the blog's front page or of the feed itself, or an export of the blog", 1},
	{`URL/wordpress/ site`, "URL/wordpress/: this is a web page, not a feed; it names none, and there is none at /wordpress/rss.xml, /wordpress/feed.xml, /wordpress/index.xml, /wordpress/atom.xml", "give the address of the blog's front page or of the feed itself, or an export of the blog", 1},
	{`URL/sitemap site`, "URL/sitemap: this is a sitemap, not a feed", "give the address of an RSS, Atom or JSON feed; on a page it is behind a link or an icon for RSS", 1},
}

// TestMistakesAreAnswered types each of them.
func TestMistakesAreAnswered(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(mistakenServer))
	t.Cleanup(srv.Close)
	for _, c := range mistakes {
		t.Run(c.args, func(t *testing.T) {
			t.Parallel()
			dir := mistakenFolder(t)
			known := strings.NewReplacer("URL", srv.URL, "DIR", dir)
			want := "replant: " + c.says + "\n"
			if c.hint != "" {
				want += "hint: " + c.hint + "\n"
			}
			got, code := typed(t, dir, known.Replace(c.args))
			if want = known.Replace(want); code != c.code || got != want {
				t.Errorf("exit %d, want %d\n%swant\n%s", code, c.code, got, want)
			}
			if _, err := os.Stat(filepath.Join(dir, "site")); err == nil {
				t.Error("a site was made")
			}
		})
	}
}

// typed runs replant as a shell does, and returns what it says and its exit code.
func typed(t *testing.T, dir, args string, env ...string) (says string, code int) {
	t.Helper()
	var words []string
	for i, part := range strings.Split(args, "'") {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	cmd := exec.Command("replant", words...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), append(env, "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, ".cache"))...)
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

// mistakenFolder makes a folder with files that are no feeds, and one that is.
func mistakenFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	const feed = `<rss version="2.0"><channel><title>A</title><item><title>a</title><link>https://a.example/a</link></item></channel></rss>`
	for name, text := range map[string]string{
		"feed.xml": feed, "my feed.xml": feed, "empty.xml": "", "text.txt": "hello", "page.html": "<!doctype html><title>A</title>", "folder/note.txt": "hello",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// mistakenServer has no feed. A path that is a number is answered with that status.
func mistakenServer(w http.ResponseWriter, r *http.Request) {
	code, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	switch {
	case err == nil:
		w.WriteHeader(code)
	case r.URL.Path == "/":
		_, _ = w.Write([]byte("<!doctype html><title>A</title>"))
	case r.URL.Path == "/wordpress/":
		_, _ = w.Write([]byte(`<!doctype html><meta name="generator" content="WordPress 6.9"><title>A</title>`))
	case r.URL.Path == "/sitemap":
		_, _ = w.Write([]byte(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`))
	default:
		http.NotFound(w, r)
	}
}

// TestFeedIsFoundWhereAPageNamesNone gives the address of a page whose feed lies where the
// program that made it puts it, or in a usual place. The next run knows where.
func TestFeedIsFoundWhereAPageNamesNone(t *testing.T) {
	t.Parallel()
	for place, page := range map[string]string{"/feed/": "/", "/index.xml": "/", "/notes/index.xml": "/notes/", "/feeds/all.atom.xml": "/"} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case page:
				_, _ = w.Write([]byte(`<!doctype html><meta name="generator" content="Pelican"><title>A</title>`))
			case place:
				_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>A</title><item><title>a</title><link>https://a.example/a</link><description>a</description></item></channel></rss>`))
			default:
				http.NotFound(w, r)
			}
		}))
		dir := t.TempDir()
		says, code := typed(t, dir, srv.URL+page+" site")
		if code != 0 || !strings.Contains(says, srv.URL+page+": a web page; its feed is "+srv.URL+place+"\n") {
			t.Errorf("%s: exit %d\n%s", place, code, says)
		}
		if says, code = typed(t, dir, "site"); code != 0 || says != "" {
			t.Errorf("%s, again: exit %d\n%s", place, code, says)
		}
		srv.Close()
	}
}

// TestProxyThatRefusesIsNamed asks through proxies that are not there, want a login, or
// refuse.
func TestProxyThatRefusesIsNamed(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodConnect {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	t.Cleanup(srv.Close)
	proxy := strings.TrimPrefix(srv.URL, "http://")
	for _, c := range []struct{ env, feed, want string }{
		{"HTTPS_PROXY=http://ann:hush@127.0.0.1:1", "https://a.example/", "replant: https://a.example/: the proxy 127.0.0.1:1: connection refused\nhint: HTTPS_PROXY and HTTP_PROXY set the proxy, NO_PROXY the hosts to ask without it\n"},
		{"HTTP_PROXY=http://127.0.0.1:1", "http://a.example/", "replant: http://a.example/: the proxy 127.0.0.1:1: connection refused\nhint: HTTPS_PROXY and HTTP_PROXY set the proxy, NO_PROXY the hosts to ask without it\n"},
		{"HTTPS_PROXY=" + srv.URL, "https://a.example/", "replant: https://a.example/: the proxy " + proxy + ": 407 Proxy Authentication Required\nhint: the proxy wants a login: HTTPS_PROXY=http://USER:PASSWORD@" + proxy + "\n"},
		{"HTTP_PROXY=" + srv.URL, "http://a.example/", "replant: http://a.example/: 403 Forbidden\nhint: asked through the proxy " + proxy + ", which may be what refuses; NO_PROXY names hosts to ask without it\n"},
	} {
		if says, code := typed(t, t.TempDir(), c.feed+" site", c.env); code != exitFailed || says != c.want {
			t.Errorf("%s: exit %d\n%swant\n%s", c.env, code, says, c.want)
		}
	}
}

func TestNearWords(t *testing.T) {
	t.Parallel()
	words := []string{"man", "more", "quiet", "help", "dry-run", "version"}
	for word, want := range map[string]string{
		"ben": "", "force": "", "mna": "man", "quite": "quiet", "hlep": "help", "hlp": "help", "dryrun": "dry-run", "dry": "dry-run", "vresion": "version",
		"": "", "m": "", "zzzz": "", strings.Repeat("quiet", 100): "",
	} {
		if got := nearest(word, words); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
