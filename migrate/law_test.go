package migrate_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"replant/migrate"
	"replant/migrate/site"
)

// Whatever happens to the blogs, to the site and to the runs, the laws hold. A seed that
// failed runs alone by -run 'TestLaws/^17$'; REPLANT_HISTORIES=2000+5000 tries the 5,000
// that come after those of each run.
func TestLaws(t *testing.T) {
	t.Parallel()
	histories := 2000
	if testing.Short() {
		histories = 40
	}
	first := 0
	if from := os.Getenv("REPLANT_HISTORIES"); from != "" {
		if _, err := fmt.Sscanf(from, "%d+%d", &first, &histories); err != nil {
			t.Fatalf("REPLANT_HISTORIES: %v", err)
		}
	}
	for seed := first; seed < first+histories; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			h := newHistory(t, uint64(seed))
			for range 6 + h.IntN(16) {
				h.move()
			}
			h.sourcesAreWhole()
			h.wholeRun()
			if t.Failed() {
				t.Logf("what happened:\n  %s", strings.Join(h.story, "\n  "))
			}
		})
	}
}

// history is a random sequence of what befalls a site.
type history struct {
	*world
	*rand.Rand
	whims *rand.Rand // apart, so that a seed's other events stay what they are
	blogs []*weblog
	story []string // what happened so far

	own      map[string]bool   // lines that the author has written
	author   map[string]string // files that are as the author left them, by path; empty for a deleted one
	edited   map[string]bool   // files that the author had a hand in
	messy    map[string]bool   // those of them that a run which died had in hand
	moved    map[string]bool   // files that the author put where they are
	places   map[string]string // where the author put files, by where they were
	known    map[string]bool   // files that the ledger names
	litter   bool              // a run has died, and no run has written since
	spared   map[string]bool   // files that may be there or not: the author asked for deleted ones
	peaceful bool              // no run dies
	shown    int               // so many pictures were given out
	posts    []*article        // all that ever were; a post's number is its index
	host     string            // of the first blog
	rehosted bool              // it has moved, and no run has read all of it there
	unread   map[*article]int  // how often posts have changed since a run has read them
	notes    *notebook
}

func newHistory(t *testing.T, seed uint64) *history {
	h := &history{
		world: newWorld(t), Rand: rand.New(rand.NewPCG(seed, 0)), whims: rand.New(rand.NewPCG(seed, 1)),
		own: map[string]bool{}, author: map[string]string{}, edited: map[string]bool{}, messy: map[string]bool{},
		host: "blog.example", moved: map[string]bool{}, places: map[string]string{}, spared: map[string]bool{},
		unread: map[*article]int{}, notes: &notebook{pages: map[string]string{}},
	}
	h.peaceful = h.IntN(2) == 0
	h.blogs = []*weblog{plainBlog(), foremBlog(3)}
	for _, b := range h.blogs[:1+h.IntN(2)] {
		b.broken = map[int]error{}
		h.publish(b)
	}
	h.blogs = h.blogs[:len(h.feeds)]
	for range 4 {
		h.newPost()
	}
	return h
}

// move lets something happen.
func (h *history) move() {
	moves := []func(){
		h.newPost, h.newPost, h.editPost, h.editPost, h.renamePost, h.losePost, h.turnFeed, h.slideWindow, h.moveHost,
		h.changePicture, h.newPicture, h.losePicture, h.sourceGetsWorse, h.sourceGetsWorse, h.sourcesAreWhole,
		h.authorEdits, h.authorEdits, h.authorEdits, h.authorDeletes, h.authorMoves, h.authorMakesAFile,
		h.authorTakesTheSource, h.authorSettles,
		h.wholeRun, h.wholeRun, h.wholeRun, h.wholeRun, h.deadRun, h.deadRun, h.failingRun, h.gapRun, h.brokenRun,
	}
	if h.IntN(40) == 0 {
		moves = []func(){h.memoryIsLost}
	}
	moves[h.IntN(len(moves))]()
}

func (h *history) tell(format string, a ...any) {
	h.story = append(h.story, fmt.Sprintf(format, a...))
}

// wholeRun makes a run that comes to its end, and checks the laws.
func (h *history) wholeRun() {
	options, restoring := h.ask()
	if h.IntN(4) == 0 {
		h.forget()
	}
	texts := h.texts()
	out := h.withAndWithout(h.notes, options...)
	if err := h.apply(out); err != nil {
		h.Fatal(err)
	}
	h.ran(out)
	h.haveRead()
	if restoring {
		h.ran(h.run()) // a conflict may be seen otherwise without what could not be restored
	}
	h.keepsTexts(texts)
	h.laws()
}

// haveRead notes what a whole run has read: the posts that the feeds show with all of their
// text. Those of the first blog that its window leaves out come back as they are then.
func (h *history) haveRead() {
	for _, b := range h.blogs {
		shown := min(b.size, len(b.posts))
		if b.forem {
			shown = len(b.posts) // on its older pages
		}
		if b.mood == "" {
			for _, p := range b.posts[:shown] {
				delete(h.unread, p)
			}
		}
		if b == h.blogs[0] && b.mood == "" && shown == len(b.posts) {
			h.rehosted = false
		}
	}
}

// ran notes what a run has done.
func (h *history) ran(out *migrate.Outcome) {
	h.tell("run: %q %q", changes(out), troubles(out))
	h.litter = h.litter && out.Plan.Empty()
}

// ask chooses how a run is asked for, and tells whether that is to restore.
func (h *history) ask() (options []option, restoring bool) {
	switch h.IntN(12) {
	case 0:
		h.tell("--refresh")
		options = append(options, refresh)
	case 1:
		h.tell("--restore")
		options, restoring = append(options, restore), true
		h.forgive(func(string) bool { return true })
	}
	switch h.IntN(16) {
	case 0:
		h.tell("--images remote")
		// The memory of which pictures were deleted goes with the pictures.
		h.forgive(func(name string) bool { return !strings.HasSuffix(name, ".md") })
		options = append(options, with(migrate.Settings{Images: migrate.Remote}))
	case 1:
		h.tell("--images local")
		options = append(options, with(migrate.Settings{Images: migrate.Local}))
	case 2:
		h.tell("--layout flat --section notes")
		options = append(options, with(migrate.Settings{Layout: string(site.Flat), Section: "notes"}))
	}
	return append(options, h.fit()), restoring
}

// paths are templates of where new posts lie, in folders whose names posts may want.
var paths = []string{
	migrate.NoFolders, "{{ .Date.Year }}/{{ .Slug }}", "{{ .Slug }}/{{ .Title }}", "hello/{{ .Slug }}", "{{ index .Tags 0 }}/{{ .Date.Month }}/{{ .Slug }}",
}

// fit asks, now and then, that pages fit the site in another way.
func (h *history) fit() option {
	var s migrate.Fit
	switch h.whims.IntN(20) {
	case 0:
		s.Theme = []string{migrate.Auto, site.NoTheme, "Stack", "Blowfish"}[h.whims.IntN(4)]
	case 1:
		h.authorChangesTheme()
	case 2:
		s.Timezone = []string{migrate.Auto, "Europe/Berlin", "-07:00"}[h.whims.IntN(3)]
	case 3:
		s.Path = paths[h.whims.IntN(len(paths))]
	case 4:
		s.Categories = []string{migrate.Keep, migrate.AsTags}[h.whims.IntN(2)]
		s.TagCase = []string{migrate.Keep, migrate.Lower, migrate.Title}[h.whims.IntN(3)]
	case 5:
		h.authorChangesKeys()
	}
	if s != (migrate.Fit{}) {
		h.tell("asked to fit: %+v", s)
	}
	return func(m *migrate.Migration) {
		for i := range m.Feeds {
			m.Feeds[i].Fit = s
		}
	}
}

// forgive takes back the author's deletions of some files. Those of posts that the feed
// shows no more stay away.
func (h *history) forgive(which func(name string) bool) {
	for name, text := range h.author {
		if text == "" && which(name) {
			delete(h.author, name)
			h.spared[name] = true
		}
	}
}

// deadRun makes a run that dies on its way.
func (h *history) deadRun() {
	if h.peaceful {
		return
	}
	options, _ := h.ask()
	steps := 1 + h.IntN(60)
	texts := h.texts()
	ended := h.runFor(steps, options...)
	h.keepsTexts(texts)
	h.tell("run that dies after %d steps: came to its end %v", steps, ended)
	h.litter = h.litter || !ended
	h.authorsFiles()
}

// failingRun makes two runs while a feed fails: the first one tells it, the second one has
// nothing to tell and nothing to do.
func (h *history) failingRun() {
	b := h.blogs[h.IntN(len(h.blogs))]
	b.broken[1] = errDown
	defer delete(b.broken, 1)
	out, err := h.compute()
	h.tell("%s fails: %v", b.address, err)
	alone := len(h.blogs) == 1
	if err != nil {
		if !alone {
			h.Errorf("a failing feed of %d: %v", len(h.blogs), err)
		}
		return // there is no ledger to remember it in, or a killed run left its journal
	}
	news := h.memory().Outage(b.address) == nil
	if (len(out.Unread) == 1) != alone || (len(out.Failed) == 1) != news {
		h.Errorf("a failing feed of %d, news %t: unread %v, failed %v", len(h.blogs), news, out.Unread, out.Failed)
	}
	if err := h.apply(out); err != nil {
		h.Error(err)
	}
	h.ran(out)
	again := h.plan()
	told := slices.ContainsFunc(again.Lasting, func(l migrate.Lasting) bool { return l.Feed == b.address && l.Err != nil })
	if !again.Plan.Empty() || len(again.Failed) > 0 || !told {
		h.Errorf("while it lasts: %q, failed %v, lasting %v", changes(again), again.Failed, again.Lasting)
	}
	h.sound()
}

// gapRun makes a run while an older page of a feed fails.
func (h *history) gapRun() {
	b := h.blogs[len(h.blogs)-1]
	b.broken[2] = errDown
	defer delete(b.broken, 2)
	h.tell("page 2 fails")
	h.ran(h.run())
	h.sound()
}

// brokenRun makes a run while a feed breaks off somewhere.
func (h *history) brokenRun() {
	b, _ := pick(h, h.blogs)
	b.breaks = func(feed string) string { return feed[:h.IntN(len(feed))] }
	defer func() { b.breaks = nil }()
	h.tell("%s breaks off", b.address)
	out, err := h.compute()
	if err != nil {
		return // not even its head is there
	}
	if err := h.apply(out); err != nil {
		h.Error(err)
	}
	h.ran(out)
	h.sound()
}

// laws checks what holds after a whole run.
func (h *history) laws() {
	h.Helper()
	h.sound()
	h.upToDate()
	h.linked()
	if h.IntN(2) == 0 {
		h.forget()
	}
	h.idle()
	if h.Failed() {
		h.Fatalf("what happened:\n  %s", strings.Join(h.story, "\n  "))
	}
}

// pick chooses one of some things; ok is false where there is none.
func pick[T any](h *history, all []T) (one T, ok bool) {
	if len(all) == 0 {
		return one, false
	}
	return all[h.IntN(len(all))], true
}

// anyPost chooses a blog and one of its posts, if it has any.
func (h *history) anyPost() (*weblog, *article, bool) {
	b := h.blogs[h.IntN(len(h.blogs))]
	p, ok := pick(h, b.posts)
	return b, p, ok
}

// number gives a post its number.
func (h *history) number(p *article) int { return slices.Index(h.posts, p) }
