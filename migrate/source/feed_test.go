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

	"github.com/mmcdole/gofeed"

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
	Link           string    `json:",omitempty"`
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

// TestOneDialectClaimsAFeed reads who takes a feed for theirs, as surely as anybody does:
// one platform, that of the fixture's name up to some hyphen, or none.
func TestOneDialectClaimsAFeed(t *testing.T) {
	t.Parallel()
	for _, name := range fixtures(t) {
		head := headOf(t, name)
		claims, sure := claimants(head)
		platform := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		known := func(d *Dialect) bool { return d.Name == platform }
		for !slices.ContainsFunc(dialects, known) && strings.Contains(platform, "-") {
			platform = platform[:strings.LastIndexByte(platform, '-')]
		}
		var want []string
		if slices.ContainsFunc(dialects, known) {
			want = []string{platform}
		}
		if !slices.Equal(claims, want) {
			t.Errorf("%s: claimed by %q, want %q", name, claims, want)
		}
		if got := recognise(head); len(want) > 0 && got.Name != platform {
			t.Errorf("%s: read as %s (%d)", name, got.Name, sure)
		}
	}
}

// TestEitherSignIsEnough takes from each platform's feed its first item, and then all
// that its head says: what is left is known for the platform's, where the platform has
// such signs.
func TestEitherSignIsEnough(t *testing.T) {
	t.Parallel()
	mute := map[string]bool{"hashnode": true, "drupal": true, "discourse": true} // their heads say nothing that others do not
	for _, d := range dialects {
		if d.Whole {
			continue // an export is recognised by its format
		}
		name := "../../testdata/feed/" + d.Name + ".xml"
		if d == jsonFeed {
			name = "../../testdata/feed/jsonfeed.json"
		}
		head := headOf(t, name)
		items := head.Items
		head.Items = nil
		if got := recognise(head); got != d && !mute[d.Name] {
			t.Errorf("%s: by its head alone %s", name, got.Name)
		}
		if d == jsonFeed {
			continue // the format is the sign
		}
		head = headOf(t, "../../testdata/feed/"+d.Name+"-bare.xml")
		head.Generator, head.Title, head.Description, head.Image = "", "", "", nil
		if got := recognise(head); len(items) == 0 || got != d {
			t.Errorf("%s-bare: by its first item alone %s", d.Name, got.Name)
		}
	}
}

// headOf reads a feed up to its first item.
func headOf(t *testing.T, name string) *gofeed.Feed {
	t.Helper()
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(bytes.NewReader(source), nil)
	if err != nil {
		t.Fatal(err)
	}
	head := *f.head.Feed
	if first, err := f.read(); err == nil {
		head.Items = []*gofeed.Item{first.Item}
	}
	return &head
}

// claimants returns the dialects that are surest of a feed, and how sure they are.
func claimants(head *gofeed.Feed) (names []string, sure certainty) {
	for _, d := range dialects {
		switch c := d.Match(head); {
		case c > sure:
			names, sure = []string{d.Name}, c
		case c == sure && c > never:
			names = append(names, d.Name)
		}
	}
	return names, sure
}

// TestSlowFeeds reads each feed a byte at a time: the result is the same.
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

// slowly returns bytes through another reader; an export may be read twice.
func slowly(source []byte, through func(io.Reader) io.Reader) io.ReadSeeker {
	r := bytes.NewReader(source)
	return struct {
		io.Reader
		io.Seeker
	}{through(r), r}
}

func fixtures(t *testing.T) []string { return filesLike(t, "../../testdata/feed/*.*") }

// filesLike returns the files of a pattern but for what the tests expect of them.
func filesLike(t testing.TB, pattern string) (names []string) {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		if !strings.HasSuffix(name, ".want.json") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Fatalf("there is no file %s", pattern)
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
	return posts(t, f)
}

// posts reads all of a feed.
func posts(t *testing.T, f *Feed) read {
	t.Helper()
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
			Losses: p.Losses, Via: str(p.Via), URL: str(p.URL), Link: str(p.Link), Canonical: str(p.Canonical), Cover: str(p.Cover), Summary: p.Summary,
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
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func str(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}
