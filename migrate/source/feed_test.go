package source

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"replant/migrate/blog"
)

// read is a feed as the fixtures show it.
type read struct {
	Title, Dialect string
	Home           string `json:",omitempty"`
	Posts          []readPost
	Left           map[string]int `json:",omitempty"`
	Errors         []string       `json:",omitempty"`
}

type readPost struct {
	Title, Slug    string
	LongTag        string `json:",omitempty"`
	Names          []blog.ID
	URL, Canonical string    `json:",omitempty"`
	Cover, Summary string    `json:",omitempty"`
	Published      time.Time `json:",omitzero"`
	Updated        time.Time `json:",omitzero"`
	Authors, Tags  []string  `json:",omitempty"`
	Categories     []string  `json:",omitempty"`
	Series         string    `json:",omitempty"`
	Draft          bool      `json:",omitempty"`
	Scheduled      bool      `json:",omitempty"`
	Page           bool      `json:",omitempty"`
	Parents        []string  `json:",omitempty"`
	Branch         bool      `json:",omitempty"`
	Losses         []string  `json:",omitempty"`
	Via            string    `json:",omitempty"`
	Body           []string
	hash           string
}

// TestFeeds reads testdata/feed/<name> into <name>.want.json.
func TestFeeds(t *testing.T) {
	t.Parallel()
	for _, name := range fixtures(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(readFeed(t, f)); err != nil {
				t.Fatal(err)
			}
			same(t, strings.TrimSuffix(name, filepath.Ext(name))+".want.json", b.String())
		})
	}
}

// TestOneDialectClaimsAFeed checks that no two platforms take a feed for theirs.
func TestOneDialectClaimsAFeed(t *testing.T) {
	t.Parallel()
	for _, name := range fixtures(t) {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Open(bytes.NewReader(source), nil)
		if err != nil {
			t.Fatal(err)
		}
		var claims []string
		for _, d := range dialects {
			if d.Match(f.head.Feed) {
				claims = append(claims, d.Name)
			}
		}
		platform := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		known := slices.ContainsFunc(dialects, func(d *Dialect) bool { return d.Name == platform })
		if want := []string{platform}; known && !slices.Equal(claims, want) {
			t.Errorf("%s: claimed by %q", name, claims)
		}
		if len(claims) > 1 || len(claims) == 1 && claims[0] != f.Dialect.Name {
			t.Errorf("%s: claimed by %q, read as %s", name, claims, f.Dialect.Name)
		}
	}
}

// TestSlowFeeds reads each feed a byte at a time: what comes of it is the same.
func TestSlowFeeds(t *testing.T) {
	t.Parallel()
	for _, name := range fixtures(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fast := readFeed(t, bytes.NewReader(source))
			slow := readFeed(t, slowly(source, iotest.OneByteReader))
			if a, b := asJSON(t, fast), asJSON(t, slow); a != b {
				t.Errorf("at once:\n%s\na byte at a time:\n%s", a, b)
			}
			for i := range fast.Posts {
				if fast.Posts[i].hash != slow.Posts[i].hash {
					t.Errorf("post %d has two hashes", i)
				}
			}
		})
	}
}

// slowly gives bytes through another reader; an export may be read twice.
func slowly(source []byte, through func(io.Reader) io.Reader) io.ReadSeeker {
	r := bytes.NewReader(source)
	return struct {
		io.Reader
		io.Seeker
	}{through(r), r}
}

func fixtures(t *testing.T) (names []string) {
	t.Helper()
	all, err := filepath.Glob("../../testdata/feed/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		if !strings.HasSuffix(name, ".want.json") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Fatal("no fixtures")
	}
	return names
}

func readFeed(t *testing.T, r io.Reader) read {
	t.Helper()
	from := &url.URL{Scheme: "https", Host: "feeds.example", Path: "/feed.xml"}
	f, err := Open(r, from)
	if err != nil {
		t.Fatal(err)
	}
	got := read{Title: f.Title, Dialect: f.Dialect.Name, Home: str(f.Home)}
	for item, err := range f.Items() {
		if err != nil {
			got.Errors = append(got.Errors, err.Error())
			continue
		}
		p, err := item.Parse()
		if err != nil {
			t.Fatal(err)
		}
		got.Posts = append(got.Posts, readPost{
			Title: p.Title, Slug: p.Slug, LongTag: p.LongTag, Names: p.Names,
			Losses: p.Losses, Via: str(p.Via), URL: str(p.URL), Canonical: str(p.Canonical), Cover: str(p.Cover), Summary: p.Summary,
			Published: p.Published.UTC(), Updated: p.Updated.UTC(), Authors: p.Authors, Tags: p.Tags,
			Categories: p.Categories, Series: p.Series, Draft: p.Draft, Scheduled: p.Scheduled, Page: p.Page, Parents: p.Parents, Branch: p.Branch,
			Body: strings.Split(strings.TrimSpace(shown(t, p)), "\n"), hash: item.Hash,
		})
	}
	if len(f.Left()) > 0 {
		got.Left = f.Left()
	}
	return got
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func str(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}
