package migrate_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/fetch"
)

// polite lets a run read through the client that replant has.
type polite struct{ *fetch.Client }

func (p polite) Page(ctx context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	r, err := p.Feed(ctx, addr, state)
	if err != nil {
		return nil, err
	}
	return &migrate.Reply{URL: r.URL, Open: r.Body, Done: r.Done}, nil
}

func (p polite) Found(ctx context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	return p.Page(ctx, addr, state)
}

// visitor is a site that came from a host.
type visitor struct {
	*world
	host  *host
	cache afero.Fs
}

func arrive(t *testing.T, h *host) *visitor {
	v := &visitor{newWorld(t), h, afero.NewMemMapFs()}
	u, err := url.Parse(h.URL + h.feed)
	if err != nil {
		t.Fatal(err)
	}
	v.feeds = []migrate.Feed{{Address: u.String(), URL: u}}
	return v
}

// come makes a run, and gives how many pages it asked for.
func (v *visitor) come(options ...option) (out *migrate.Outcome, requests int) {
	v.Helper()
	client := polite{fetch.New(fetch.Options{Cache: v.cache, Attempts: 1})}
	out = v.run(append(options, func(m *migrate.Migration) { m.Web = client })...)
	return out, v.host.requests()
}

// hasAll asserts that every post has one page, and every page one post.
func (v *visitor) hasAll() {
	v.Helper()
	pageOf := map[string]string{}
	for _, name := range v.markdown() {
		for _, post := range marker.FindAllString(v.read(name), -1) {
			if pageOf[post] != "" {
				v.Errorf("%s is on %s and %s", post, pageOf[post], name)
			}
			pageOf[post] = name
		}
	}
	for _, n := range v.host.posts {
		if pageOf[fmt.Sprintf("m%dm", n)] == "" {
			v.Errorf("post %d is lost", n)
		}
	}
	if len(pageOf) != len(v.host.posts) || len(v.markdown()) != len(v.host.posts) {
		v.Errorf("%d posts have the pages %q", len(v.host.posts), v.markdown())
	}
}

// ends are the ways in which servers answer for a page behind the last one.
var ends = map[string]func(*host) http.HandlerFunc{
	"404": func(*host) http.HandlerFunc { return http.NotFound },
	"410": func(*host) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) }
	},
	"an empty page": func(h *host) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { h.page(w, 1000, nil) }
	},
	"the last page for ever": func(h *host) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			h.page(w, h.number(r.URL.RequestURI()), h.posts[(len(h.posts)-1)/pageSize*pageSize:])
		}
	},
	"the first page for ever": func(h *host) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			h.page(w, h.number(r.URL.RequestURI()), h.posts[:pageSize])
		}
	},
	"the feed's own address": func(h *host) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, h.feed, http.StatusFound) }
	},
}

// However a platform ends its feed, all posts arrive once, nothing is told, and no more
// is asked for than there is, and two pages to be sure.
func TestPlatformsAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	for name, p := range platforms {
		for end, behind := range ends {
			for _, posts := range []int{1, 8, 9} {
				if testing.Short() && posts == 1 {
					continue
				}
				t.Run(fmt.Sprintf("%s, %d posts, then %s", name, posts, end), func(t *testing.T) {
					t.Parallel()
					h := serve(t, p, posts)
					if posts >= pageSize || !strings.HasPrefix(end, "the first") {
						h.behind = behind(h)
					}
					arrive(t, h).readsToTheEnd()
				})
			}
		}
	}
}

func (v *visitor) readsToTheEnd() {
	v.Helper()
	out, asked := v.come()
	v.expect("troubles", troubles(out))
	v.hasAll()
	if most := (len(v.host.posts)+pageSize-1)/pageSize + 3; asked > most {
		v.Errorf("the first run asked %d times, not %d", asked, most)
	}
	out, asked = v.come()
	if !out.Plan.Empty() || asked != 1 {
		v.Errorf("a sync without news asked %d times and plans %q", asked, changes(out))
	}
	v.host.publish(2)
	out, asked = v.come()
	v.expect("troubles", troubles(out))
	v.hasAll()
	if asked > 3 {
		v.Errorf("a sync of two posts asked %d times", asked)
	}
	v.host.publish(5)
	_, asked = v.come()
	v.hasAll()
	if asked > 5 {
		v.Errorf("a sync of five posts asked %d times", asked)
	}
}

// A guessed page may also come as a page for people, with 200.
func TestGuessedPageIsAWebPage(t *testing.T) {
	t.Parallel()
	for name, p := range platforms {
		guessed := name != "rfc 5005" && name != "json feed" // which say where the next page is
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := serve(t, p, 8)
			h.behind = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><body>Nothing here") }
			v := arrive(t, h)
			out, _ := v.come()
			if got := troubles(out); (len(got) == 0) != guessed {
				t.Errorf("troubles are %q", got)
			}
			v.hasAll()
		})
	}
}

// Posts that come out while the pages are read push others onto pages to come: none is
// lost and none is there twice, in the first run as in a sync.
func TestWindowShiftsBetweenPages(t *testing.T) {
	t.Parallel()
	for name, p := range platforms {
		for _, news := range []int{1, 2, 3, 4} { // 3 is a whole page: one page comes twice
			t.Run(fmt.Sprintf("%s, %d at a time", name, news), func(t *testing.T) {
				t.Parallel()
				h := serve(t, p, 9)
				v := arrive(t, h)
				left := 3
				if news == pageSize {
					left = 1 // a second time in a row, and it would look like the end
				}
				h.before = func(page int) {
					if page > 1 && left > 0 {
						left--
						h.publish(news)
					}
				}
				_, asked := v.come()
				if most := 3 + 3*(news+2)/pageSize + 4; asked > most {
					t.Errorf("the first run asked %d times, not %d", asked, most)
				}
				v.come() // for what came out behind the reader's back
				v.hasAll()

				left = 1
				h.publish(4)
				v.come()
				v.come()
				v.hasAll()
				if _, asked := v.come(); asked != 1 {
					t.Errorf("a sync without news asked %d times", asked)
				}
			})
		}
	}
}

// A server that has ever more is read as far as the author asked.
func TestEndlessStream(t *testing.T) {
	t.Parallel()
	for name, p := range platforms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := serve(t, p, 50)
			v := arrive(t, h)
			if _, asked := v.come(pages(7)); asked != 7 || len(v.markdown()) != 7*pageSize {
				t.Errorf("asked %d times for %d pages", asked, len(v.markdown()))
			}
			if _, asked := v.come(pages(7)); asked != 1 {
				t.Errorf("a sync asked %d times", asked)
			}
		})
	}
}

// Next links that lead in circles, or to another server, are not followed.
func TestNextLinkLeadsAstray(t *testing.T) {
	t.Parallel()
	asked := false
	other := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true })
	for _, name := range []string{"json feed", "rfc 5005"} {
		h := serve(t, platforms[name], 9)
		elsewhere := serve(t, platforms[name], 9)
		elsewhere.Config.Handler = other
		for where, c := range map[string]struct {
			next func(string) string
			most int
			hint bool
		}{
			"to itself":         {func(string) string { return h.URL + h.feed }, 1, false},
			"in a circle":       {func(a string) string { return strings.ReplaceAll(a, h.older(3), h.feed) }, 2, false},
			"to another port":   {func(string) string { return elsewhere.URL + h.feed }, 1, true},
			"to a private host": {func(string) string { return "http://192.168.0.1/feed" }, 1, true},
			"to a file":         {func(string) string { return "file:///etc/passwd" }, 1, false},
			"to a script":       {func(string) string { return "javascript:alert(1)" }, 1, false},
			"nowhere":           {func(string) string { return "http://[::1" }, 1, false},
		} {
			h.next = c.next
			v := arrive(t, h)
			out, n := v.come()
			if n != c.most || asked || (len(out.Hints) > 0) != c.hint {
				t.Errorf("%s, %s: asked %d times, there %t; hints %q", name, where, n, asked, out.Hints)
			}
			v.expect("troubles", troubles(out))
			if _, n := v.come(); n != 1 {
				t.Errorf("%s, %s: a sync asked %d times", name, where, n)
			}
		}
	}
}
