package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// choosySite returns a site that leaves its author something to choose.
func choosySite(t *testing.T) string {
	t.Helper()
	site := filepath.Join(t.TempDir(), "site")
	for name, text := range map[string]string{
		"hugo.toml":          "theme = \"beautiful\"\n",
		"content/notes/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n\nA.\n",
		"content/posts/b.md": "---\ntitle: B\ndate: 2020-01-01\n---\n\nB.\n",
	} {
		lay(t, filepath.Join(site, filepath.FromSlash(name)), []byte(text))
	}
	return site
}

const (
	asksSection  = "There are posts in notes, posts. Section of new posts? [posts] "
	asksTheme    = "Theme beautiful: replant does not know its keys. Whose keys do pages get? [none] "
	asksPictures = "Pictures: local (beside the pages) or remote (where they are)? [local] "
)

// A first run at a terminal asks what it cannot know, and the next one does not.
func TestFirstRunAsksWhatIsOpen(t *testing.T) {
	t.Parallel()
	site, feed := choosySite(t), "../../testdata/demo/feed.xml"
	term := onTerminal(t, 100, replantCmd(site, feed, site))
	term.await(asksSection)
	term.answer("notes\n")
	term.await(asksTheme)
	term.answer("stak\n")
	term.await("stak: not a theme whose keys replant knows\r\nhint: did you mean Stack?\r\n" + asksTheme)
	term.answer("stack\n")
	term.await(asksPictures)
	term.answer("remote\n")
	if screen, code := term.end(); code != 0 || !strings.Contains(screen, "3 created\n") {
		t.Fatalf("exit %d:\n%s", code, screen)
	}
	if page := readFile(t, site, "content/notes/hello-bed/index.md"); page == "" {
		t.Error("the answers did not count")
	}
	if screen, code := onTerminal(t, 100, replantCmd(site, feed, site)).end(); code != 0 || screen != "" {
		t.Errorf("again: exit %d:\n%s", code, screen)
	}
}

// Enter takes what is shown, which is what a run takes that asks nobody.
func TestEnterTakesWhatIsShown(t *testing.T) {
	t.Parallel()
	asked, unasked, feed := choosySite(t), choosySite(t), "../../testdata/demo/feed.xml"
	term := onTerminal(t, 100, replantCmd(asked, feed, asked))
	for _, question := range []string{asksSection, asksTheme, asksPictures} {
		term.await(question)
		term.answer("\n")
	}
	if screen, code := term.end(); code != 0 {
		t.Fatalf("exit %d:\n%s", code, screen)
	}
	if out, err := replant(t, unasked, feed, unasked); err != nil || strings.Contains(out, "?") {
		t.Fatalf("%v\n%s", err, out)
	}
	without := func(site string) map[string]string {
		files := readTree(site)
		delete(files, ".replant/ledger.json") // which knows the feed by its way from the site
		return files
	}
	if diff := treeDiff(without(asked), without(unasked)); diff != "" {
		t.Error(diff)
	}
}

// Who has said it all, or only looks, is asked nothing.
func TestNothingIsAskedWithoutNeed(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{
		{"--section", "notes", "--theme", "none", "--images", "remote"},
		{"-n"},
		{"-q"},
		{"--json"},
	} {
		site := choosySite(t)
		term := onTerminal(t, 100, replantCmd(site, append(flags, "../../testdata/demo/feed.xml", site)...))
		if screen, code := term.end(); code != 0 || strings.Contains(screen, "? [") {
			t.Errorf("%v: exit %d:\n%s", flags, code, screen)
		}
	}
}

// Who stops at a question has changed nothing.
func TestStoppedAtAQuestion(t *testing.T) {
	t.Parallel()
	site := choosySite(t)
	before := readTree(site)
	term := onTerminal(t, 100, replantCmd(site, "../../testdata/demo/feed.xml", site))
	term.await(asksSection)
	term.answer("\x03")
	if screen, code := term.end(); code != exitInterrupt {
		t.Errorf("exit %d:\n%s", code, screen)
	}
	if diff := treeDiff(before, readTree(site)); diff != "" {
		t.Error(diff)
	}
}
