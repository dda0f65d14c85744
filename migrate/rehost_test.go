package migrate_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/ledger"
)

// essay writes so many random words in paragraphs: the same for the same seed.
func essay(seed, words int) string {
	r := rand.New(rand.NewPCG(uint64(seed), 11))
	var b strings.Builder
	for n := range words {
		if n%40 == 0 {
			b.WriteString("</p>\n<p>")
		}
		fmt.Fprintf(&b, "%c%c%c%c ", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26))
	}
	return "<p>" + b.String() + "</p>"
}

// essays has a blog of so many posts with a text of some length each.
func essays(posts, words int) *weblog {
	b := blogOf(posts)
	b.address = "https://old.example/feed.xml"
	for n, p := range b.posts {
		p.link = fmt.Sprintf("https://old.example/2026/essay-about-%s", p.guid[len("key-post-"):])
		p.guid, p.title = p.link, fmt.Sprintf("Essay %d", n)
		p.date = p.date.Add(time.Duration(n)*time.Hour + 33*time.Second)
		p.body = "<p>Welcome to my blog, which says something each day.</p>" + essay(n, words) + "<p>Write to me.</p>"
	}
	return b
}

// movedTo returns a blog as it is on a new host, with what else has become of its posts.
func (b *weblog) movedTo(host string, and ...func(n int, p *article)) *weblog {
	now := *b
	now.address, now.posts = "https://"+host+"/feed.xml", nil
	for n, p := range b.posts {
		p := *p
		p.link = "https://" + host + "/posts/" + p.link[strings.LastIndexByte(p.link, '/')+1:] + "/"
		p.guid = fmt.Sprintf("%s/?id=%d", host, 9000+n)
		for _, change := range and {
			change(n, &p)
		}
		now.posts = append(now.posts, &p)
	}
	return &now
}

func cutSeconds(_ int, p *article)  { p.date = p.date.Truncate(time.Minute) }
func twoHoursOff(_ int, p *article) { p.date = p.date.Add(2 * time.Hour) }
func importDate(n int, p *article) {
	p.date = firstDay.AddDate(1, 0, 0).Add(time.Duration(n) * time.Second)
}
func touchedTitle(_ int, p *article) { p.title = "Re: " + p.title + ", touched up" }
func renamedSlug(n int, p *article) {
	p.link = strings.Replace(p.link, "essay-about", fmt.Sprint("writing-", n), 1)
}

// otherMarkup is another software's: the same words.
func otherMarkup(_ int, p *article) {
	p.body = strings.NewReplacer("<p>", "<div class=\"p\"><span>", "</p>", "</span></div>", "blog,", "<b>blog</b>,").Replace(p.body)
}

// smallEdits changes a word here and there.
func smallEdits(n int, p *article) {
	words := strings.Fields(p.body)
	for i := 20 + n%7; i < len(words); i += 60 {
		words[i] = "edited"
	}
	p.body = strings.Join(words, " ")
}

// moves are what may become of a blog's posts on a new host, each beside the ones before.
var moves = []struct {
	name   string
	change func(int, *article)
	news   bool // the pages show it
}{
	{"host and guid", func(int, *article) {}, false},
	{"seconds cut", cutSeconds, false},
	{"two hours", twoHoursOff, false},
	{"other dates", importDate, false},
	{"titles", touchedTitle, true},
	{"slugs", renamedSlug, true},
}

// movesUpTo returns the changes of a move and those before it.
func movesUpTo(n int) (all []func(int, *article)) {
	for _, m := range moves[:n+1] {
		all = append(all, m.change)
	}
	return all
}

// A blog moves to another host, and its posts keep their pages whatever else becomes of
// their names: where the new feed is named, where the old one leads to it, and where the
// ledger comes from a replant that knew no sketches.
func TestBlogMovesWithAllItsNames(t *testing.T) {
	t.Parallel()
	for n, m := range moves {
		for i, way := range []string{"a new feed", "a redirect", "an old ledger", "other markup"} {
			if testing.Short() && i != n%4 {
				continue
			}
			t.Run(m.name+"/"+way, func(t *testing.T) {
				t.Parallel()
				w, b := newWorld(t), essays(50, 150)
				was := w.migrated(b)
				changes := movesUpTo(n)
				if way == "other markup" {
					changes = append(changes, otherMarkup)
				}
				now := b.movedTo("new.example", changes...)
				switch way {
				case "a redirect":
					w.web.feeds[b.address] = now.page
				case "an old ledger":
					w.forgetTexts()
					fallthrough
				default:
					w.movesTo(now)
				}
				out := w.run()
				w.expect("notices", out.Warnings, "50 posts have moved to new.example")
				w.expect("troubles", troubles(out))
				w.stay(out, was, m.news || way == "other markup")
				w.settled()
			})
		}
	}
}

// A blog that moves while its feed is blocked gets no second pages: once the feed can be
// read, its posts are known by what they say.
func TestBlogMovesWhileItIsBlocked(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(12, 150)
	was := w.migrated(b)
	now := b.movedTo("new.example", movesUpTo(len(moves)-1)...)
	now.mood = blocked
	w.movesTo(now)
	w.run()
	w.settled()
	now.mood = ""
	out := w.run()
	w.stay(out, was, true)
	w.expect("notices", out.Warnings, "12 posts have moved to new.example")
	if n := strings.Count(w.read(ledger.Name), `"names"`); n != 12 {
		t.Errorf("the ledger has %d posts", n)
	}
	w.settled()
}

// A site has the beginnings of posts alone, and then their blog moves to where its feed has all of
// them: their titles, their days and these beginnings tell which is which, under new slugs too.
func TestBlogOfTeasersMoves(t *testing.T) {
	t.Parallel()
	for name, slugs := range map[string]func(int, *article){"slugs stay": func(int, *article) {}, "new slugs": renamedSlug} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), essays(50, 150)
			b.mood = teasers
			was := w.migrated(b)
			now := b.movedTo("new.example", cutSeconds, twoHoursOff, slugs)
			now.mood = ""
			w.movesTo(now)
			w.stay(w.run(), was, true)
			w.settled()
		})
	}
}

// A post whose place another file has waits there, and is known by what waits when its blog moves.
func TestWaitingPostOfABlogThatMoves(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(3, 30)
	slug := b.posts[1].link[strings.LastIndexByte(b.posts[1].link, '/')+1:]
	w.write("content/posts/"+slug+"/index.md", "A file of mine.\n")
	w.publish(b)
	w.run()
	pages := w.markdown()
	w.movesTo(b.movedTo("new.example", twoHoursOff, renamedSlug))
	w.run()
	w.expect("pages", w.markdown(), pages...)
	if n := len(w.memory().Posts); n != 3 {
		t.Errorf("the ledger has %d posts", n)
	}
	w.settled()
}

// A page that its author has moved is its post's still when the blog moves while nothing of its
// text can be read: by its old path or its title, and its day.
func TestMovedPageOfABlogThatMoves(t *testing.T) {
	t.Parallel()
	for name, renamed := range map[string]func(p *article){
		"another title": func(p *article) { p.title = "Another" },
		"another path":  func(p *article) { p.link += "-again" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), longSoup()
			b.posts = append(b.posts, plainBlog("other").posts...)
			w.publish(b)
			w.run()
			const to = "content/notes/lentils/index.md"
			w.rename("content/posts/hello", "content/notes/lentils")
			p := b.posts[0]
			p.link, p.guid = "https://new.example/hello", "new-1"
			renamed(p)
			b.mood = blocked
			w.run()
			b.mood = ""
			b.replace("Serve", "Eat")
			w.run()
			w.expect("pages", w.markdown(), to, "content/posts/other/index.md")
			w.has(to, "Eat.")
			if n := len(w.memory().Posts); n != 2 {
				t.Errorf("the ledger has %d posts", n)
			}
			w.settled()
		})
	}
}

// migrated brings a blog into the site, and returns the pages.
func (w *world) migrated(b *weblog) map[string]string {
	w.publish(b)
	w.run()
	return pagesOf(w)
}

// movesTo lets a blog be all that the site comes from.
func (w *world) movesTo(b *weblog) {
	w.feeds = nil
	w.publish(b)
}

func pagesOf(w *world) map[string]string {
	all := files(w, w.site)
	for name := range all {
		if strings.HasPrefix(name, ".") {
			delete(all, name)
		}
	}
	return all
}

// stay asserts that the site has the pages that it had, byte for byte unless there is news.
func (w *world) stay(out *migrate.Outcome, was map[string]string, news bool) {
	w.Helper()
	now := pagesOf(w)
	for name := range now {
		if _, ok := was[name]; !ok {
			w.Errorf("%s is new", name)
		}
	}
	if got := changes(out); !news && (len(got) > 0 || differences(now, was) != "") {
		w.Errorf("changes are %q", got)
	}
	for _, line := range changes(out) {
		if !strings.HasPrefix(line, "update ") {
			w.Errorf("unexpected: %s", line)
		}
	}
}

var sketchLine = regexp.MustCompile(`,\s*"text": "[^"]{22}"`)

// forgetTexts makes of the ledger what a replant without sketches would have written.
func (w *world) forgetTexts() {
	w.write(ledger.Name, sketchLine.ReplaceAllString(w.read(ledger.Name), ""))
}

// An upgrade alone writes nothing, and the first change writes the sketch of its post.
func TestUpgradeWritesNoSketches(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(5, 60)
	w.publish(b)
	w.run()
	w.forgetTexts()
	w.settled()
	b.posts[0].body += "<p>More.</p>"
	w.run()
	if n := len(sketchLine.FindAllString(w.read(ledger.Name), -1)); n != 1 {
		t.Errorf("%d sketches after one change", n)
	}
}

// Small edits on the way do not hide whose post it is.
func TestBlogMovesAndIsEdited(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(50, 200)
	was := w.migrated(b)
	w.movesTo(b.movedTo("new.example", append(movesUpTo(len(moves)-1), smallEdits)...))
	out := w.run()
	w.expect("notices", out.Warnings, "50 posts have moved to new.example")
	w.stay(out, was, true)
	w.settled()
}

// column has editions of a weekly column: so many words that each edition repeats, and so
// many of its own.
func column(b *weblog, from, editions, shared, own int) {
	for n := from; n < from+editions; n++ {
		b.add(&article{
			link: fmt.Sprintf("%s/weekly-%d", strings.TrimSuffix(b.address, "/feed.xml"), n), guid: fmt.Sprint(b.address, n),
			title: fmt.Sprint("The week, no. ", n), date: firstDay.AddDate(0, 0, 7*n),
			body: essay(1, shared) + essay(1000+n, own) + essay(2, shared/4),
		})
	}
}

// The editions of a column that says much the same each week are posts of their own: on the
// blog's own host, and on a new one whether the old editions move there or not.
func TestColumnIsNoMove(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ shared, own int }{
		"openings": {80, 200}, "half": {150, 150}, "four words in five": {160, 50}, "nearly all": {400, 25},
	} {
		if testing.Short() && (name == "half" || name == "nearly all") {
			continue
		}
		for _, editions := range []int{1, 2, 50} {
			for _, where := range []string{"same host", "new host", "new host with the old ones"} {
				if where == "new host" && editions == 1 && name == "nearly all" {
					continue // nothing tells such a post from an edited one
				}
				t.Run(fmt.Sprintf("%s/%d/%s", name, editions, where), func(t *testing.T) {
					t.Parallel()
					w, b := newWorld(t), plainBlog()
					column(b, 0, editions, c.shared, c.own)
					was := w.migrated(b)
					now := &weblog{address: b.address, size: 200}
					if where != "same host" {
						now.address = "https://new.example/feed.xml"
						w.feeds = nil
					}
					column(now, editions, 50, c.shared, c.own)
					if where == "new host with the old ones" {
						now.posts = append(now.posts, b.movedTo("new.example", twoHoursOff).posts...)
					}
					w.publish(now)
					out := w.run()
					if got := out.Plan.Count()[ledger.Create]; got != 50 || len(pagesOf(w)) != editions+50 {
						t.Errorf("%d of 50 new posts have pages; %q", got, out.Warnings)
					}
					for name, text := range was {
						if w.read(name) != text {
							t.Errorf("%s became another post's", name)
						}
					}
					w.settled()
				})
			}
		}
	}
}

// Two posts that say the same to the letter are told apart by their names, as ever.
func TestSameTextTwice(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(4, 120)
	b.posts[1].body = b.posts[0].body
	was := w.migrated(b)
	w.settled()
	b.add(&article{link: "https://old.example/again", guid: "again", title: "Again", date: firstDay.AddDate(0, 3, 0), body: b.posts[0].body})
	w.expect("the same once more", changes(w.run()), "create content/posts/again/index.md")
	b.posts = append([]*article{{link: "https://old.example/at-last", guid: "at-last", title: "At last", date: firstDay.AddDate(0, 4, 0), body: b.posts[0].body}}, b.posts[3:]...)
	w.expect("when the others have left the feed", changes(w.run()), "create content/posts/at-last/index.md")
	for name, text := range was {
		if w.read(name) != text {
			t.Errorf("%s became another post's", name)
		}
	}
}

// A blog that gets another software on its own host has new addresses, guids and times.
func TestSoftwareChanges(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(12, 120)
	for _, p := range b.posts {
		p.link += ".html"
		p.guid = p.link
	}
	was := w.migrated(b)
	now := b.movedTo("old.example", twoHoursOff, func(_ int, p *article) {
		p.link, p.guid = strings.TrimSuffix(p.link, ".html/"), p.link
	})
	b.posts = now.posts
	w.stay(w.run(), was, true)
	w.settled()
	p := *b.posts[0]
	p.link, p.guid, p.date = "https://old.example/posts/once-more", "https://old.example/posts/once-more", p.date.AddDate(0, 3, 0)
	b.posts[0] = &p
	w.expect("a post again", changes(w.run()), "create content/posts/once-more/index.md")
}

// Twins move with their blog: their slugs tell them apart.
func TestTwinsMove(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(10, 120)
	b.posts[1].body = b.posts[0].body
	was := w.migrated(b)
	w.movesTo(b.movedTo("new.example", importDate))
	w.stay(w.run(), was, false)
	w.settled()
}

// Posts of a photo blog say nothing: their slugs and titles have to do.
func TestPhotoBlogMoves(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(12, 0)
	for n, p := range b.posts {
		addr := fmt.Sprintf("https://old.example/photos/%d.png", n)
		w.pictures[addr], p.body = png(fmt.Sprint(n)), fmt.Sprintf(`<p><img src="%s" alt=""></p>`, addr)
	}
	was := w.migrated(b)
	now := b.movedTo("new.example", twoHoursOff, func(_ int, p *article) { p.body = strings.ReplaceAll(p.body, "old.example", "new.example") })
	w.movesTo(now)
	out := w.run()
	w.expect("notices", out.Warnings, "12 posts have moved to new.example")
	w.expect("troubles", troubles(out))
	w.stay(out, was, false)
	w.settled()
}

// An excerpt of a post, at its slug on the new host, is that post.
func TestExcerptsMove(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(12, 300)
	was := w.migrated(b)
	now := b.movedTo("new.example", importDate, touchedTitle, func(_ int, p *article) { p.body = p.body[:500] + "…</p>" })
	w.movesTo(now)
	out := w.run()
	w.expect("notices", out.Warnings, "12 posts have moved to new.example")
	for name := range pagesOf(w) {
		if was[name] == "" {
			t.Errorf("%s is new", name)
		}
	}
}

// Notes of some fifteen words are known by saying the same to the letter.
func TestNotesMove(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(20, 0)
	for n, p := range b.posts {
		p.body = essay(n, 15)
	}
	was := w.migrated(b)
	w.movesTo(b.movedTo("new.example", movesUpTo(len(moves)-1)...))
	w.stay(w.run(), was, true)
	w.settled()
}

// Text without spaces is known by its characters.
func TestBlogWithoutSpacesMoves(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(12, 0)
	for n, p := range b.posts {
		r := rand.New(rand.NewPCG(uint64(n), 12))
		text := make([]rune, 300)
		for i := range text {
			text[i] = rune(0x4e00 + r.IntN(2000))
		}
		p.title, p.body = string(text[:8]), "<p>"+string(text)+"。</p>"
	}
	was := w.migrated(b)
	w.movesTo(b.movedTo("new.example", movesUpTo(len(moves)-1)...))
	w.stay(w.run(), was, true)
	w.settled()
}

// A post that another feed of the site has on another host too is no move.
func TestCrossPostIsNoMove(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(6, 120)
	w.publish(b)
	copies := b.movedTo("copies.example", importDate, renamedSlug)
	w.publish(copies)
	w.run()
	if n := len(w.markdown()); n != 12 {
		t.Fatalf("%d pages", n)
	}
	w.settled()
	p := *b.posts[0]
	p.link, p.guid, p.title, p.body = "https://copies.example/fresh", "fresh", "Fresh", essay(77, 120)
	copies.add(&p) // first there
	w.run()
	q := p
	q.link, q.guid, q.title = "https://old.example/fresh-here", "fresh-here", "Fresh here"
	b.add(&q)
	w.expect("changes", changes(w.run()), "create content/posts/fresh-here/index.md")
	w.settled()
}

// Most new posts want slugs that are there, and nothing tells whose they are: the run asks.
func TestCollidingPostsAsk(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(8, 60)
	w.publish(b)
	w.run()
	was := files(t, w.site)
	now := b.movedTo("new.example", importDate, func(n int, p *article) { p.title, p.body = fmt.Sprint("Else ", n), essay(500+n, 60) })
	w.publish(now)
	w.feeds = w.feeds[1:]
	for range 2 {
		out := w.run()
		w.expect("troubles", troubles(out), "https://new.example/feed.xml: 8 of 8 new posts want the slugs of pages that are there, such as content/posts/essay-about-1/index.md; nothing was written")
		w.expect("changes", changes(out))
		compare(t, files(t, w.site), was)
	}
	out := w.run(func(m *migrate.Migration) { m.AsNew = true })
	w.expect("troubles", troubles(out))
	if got := out.Plan.Count()[ledger.Create]; got != 8 || len(w.markdown()) != 16 {
		t.Errorf("%d pages made, %q", got, w.markdown())
	}
	w.settled()
}

// A few collisions, a recurring slug and a first run do not stop anything.
func TestFewCollisionsDoNotAsk(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("2025/weekly", "hello", "garden")
	w.publish(b)
	w.run()
	for n := range 8 { // the first three runs bring weekly-2 and so on
		if n > 2 && n < 5 {
			w.run()
			b.posts = b.posts[:1]
		}
		b.add(&article{link: fmt.Sprintf("https://blog.example/2026/%d/weekly", n), guid: fmt.Sprint(n), title: fmt.Sprint("Week ", n), date: firstDay.AddDate(0, 0, 7*n), body: essay(n, 60)})
	}
	out := w.run()
	w.expect("troubles", troubles(out))
	if got := len(w.markdown()); got != 3+8 {
		t.Errorf("%d pages", got)
	}
	w.settled()
}

// AsNew keeps copies apart.
func TestAsNewKeepsCopiesApart(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(6, 120)
	w.publish(b)
	w.run()
	w.movesTo(b.movedTo("new.example", importDate))
	w.run(func(m *migrate.Migration) { m.AsNew = true })
	if n := len(w.markdown()); n != 12 {
		t.Errorf("%d pages", n)
	}
	w.settled()
}

// The pages' memory may be lost: the ledger's sketches have to do.
func TestBlogMovesWithoutPages(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), essays(12, 200)
	w.publish(b)
	w.run()
	for name := range files(t, w.site) {
		if strings.HasSuffix(name, ".md") {
			w.remove(name)
		}
	}
	w.movesTo(b.movedTo("new.example", movesUpTo(len(moves)-1)...))
	w.run()
	w.expect("deleted pages stay away", w.markdown())
}

// BenchmarkMove reports what a move of 2,000 posts costs, of which nothing is written.
func BenchmarkMove(b *testing.B) {
	w, blog := newWorld(b), essays(2_000, 300)
	w.publish(blog)
	w.settle()
	w.movesTo(blog.movedTo("new.example", movesUpTo(len(moves)-1)...))
	site := w.site
	for b.Loop() {
		w.site = afero.NewCopyOnWriteFs(site, afero.NewMemMapFs())
		if out := w.plan(); out.Plan.Count()[ledger.Create] > 0 {
			b.Fatalf("%d posts are new", out.Plan.Count()[ledger.Create])
		}
	}
}
