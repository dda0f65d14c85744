package migrate_test

import (
	"testing"

	"replant/migrate"
)

const taggedFeed = `<rss version="2.0"><channel><title>T</title><link>https://blog.example/</link><item>
<title>One</title><link>https://blog.example/one</link><description>text</description>
<category>Go</category><category>Discuss</category></item></channel></rss>`

// Authors and tags are given to every page. One made anew for them says why, and one that
// changed at the source as well says that.
func TestTermsAreGiven(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	text := taggedFeed
	w.follow("https://blog.example/feed.xml", func(int) (string, error) { return text, nil })
	w.run()
	const page = "content/posts/one/index.md"
	terms := migrate.Settings{Terms: migrate.Terms{
		DefaultAuthors: []string{"Ida"},
		AddTags:        []string{"dev.to", "golang"},
		DropTags:       []string{"discuss"},
		RenameTags:     map[string]string{"go": "golang"},
	}}
	w.reason(w.run(with(terms)), page, "changed settings")
	w.has(page, `authors: ["Ida"]`)
	w.has(page, `tags: ["golang", "dev.to"]`)
	if out := w.plan(with(terms)); !out.Plan.Empty() {
		w.Errorf("the same terms again: %q", changes(out))
	}
	terms.Authors = []string{"Ada", "Ida"}
	text = taggedFeed[:len(taggedFeed)-len("</item></channel></rss>")] + "<category>Rust</category></item></channel></rss>"
	w.reason(w.run(with(terms)), page, "changed at the source")
	w.has(page, `authors: ["Ada", "Ida"]`)
	w.has(page, `"Rust"`)
	w.reason(w.run(), page, "changed settings") // nothing is remembered of them
	w.has(page, `"Discuss"`)
}

// reason asserts that a run updates a page, and why.
func (w *world) reason(out *migrate.Outcome, page, why string) {
	w.Helper()
	for c := range out.Plan.Shown() {
		if c.Path == page && c.Why == why {
			return
		}
	}
	w.Errorf("%s is not updated for being %q: %q", page, why, changes(out))
}

// A platform whose feeds lack much is asked for their posts from the first run on, but not for
// those of a feed that the site had before.
func TestEnrichesNewFeeds(t *testing.T) {
	t.Parallel()
	enriching := func(m *migrate.Migration) { m.EnrichHosts = []string{"dev.to"} }
	for _, c := range []struct {
		name  string
		first []option
		want  string
	}{
		{"new", []option{enriching}, "on"},
		{"had before", nil, ""},
		{"asked not to", []option{enriching, with(migrate.Settings{Enrich: "off"})}, "off"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.publish(foremBlog(3, "hives"))
			w.run(c.first...)
			w.run(enriching)
			if got := w.memory().Feeds[0].Settings.Enrich; got != c.want {
				t.Errorf("enrich is %q, not %q", got, c.want)
			}
			if out := w.plan(enriching); !out.Plan.Empty() || len(out.Troubles) > 0 {
				t.Errorf("a later run: %q %q", changes(out), troubles(out))
			}
		})
	}
}
