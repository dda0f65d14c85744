package migrate_test

import (
	"testing"

	"replant/migrate"
)

// Adopting takes over the pages that are there, makes none, and leaves the rest to a run.
func TestAdoptOnly(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello", "other", "third")
	w.publish(b)
	const page = "---\ntitle: Hello\ndate: 2026-01-04\n---\nMine.\n"
	w.write("content/blog/mine.md", page)
	adopt := func(m *migrate.Migration) { m.Adopt = true }
	out := w.run(adopt)
	w.expect("changes", changes(out), "adopt content/blog/mine.md")
	w.expect("hints", out.Hints, b.address+": posts that have no page here: 2; a plain run brings them")
	w.expect("pages", w.markdown(), "content/blog/mine.md")
	w.has(".replant/base/content/blog/mine.md", "About hello.")
	w.expect("again", changes(w.run(adopt)))

	w.expect("a plain run", changes(w.run()), "create content/blog/other/index.md", "create content/blog/third/index.md")
	if got := w.read("content/blog/mine.md"); got != page {
		t.Errorf("the page became %q", got)
	}
	w.settled()
	b.posts[1].body = "<p>New.</p>"
	w.expect("adopting does not sync", changes(w.run(adopt)))
	w.has("content/blog/other/index.md", "About other.")
	w.expect("syncing does", changes(w.run()), "update content/blog/other/index.md")
	w.settled()
}
