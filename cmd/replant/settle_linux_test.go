package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// clashingSite returns a site with two pages that wait.
func clashingSite(t *testing.T) string {
	t.Helper()
	site, feed := demoSite(t)
	change := func(name, from, to string) {
		text := readFile(t, name)
		if !strings.Contains(text, from) {
			t.Fatalf("%s has no %q", name, from)
		}
		lay(t, name, []byte(strings.Replace(text, from, to, 1)))
	}
	change(filepath.Join(site, "content/posts/hello-bed/index.md"), "four planks", "six planks")
	change(filepath.Join(site, "content/posts/watering-by-numbers/index.md"), "title: \"Watering", "title: \"My watering")
	change(feed, "four planks", "five planks")
	change(feed, "<title>Watering", "<title>Their watering")
	if out, err := replant(t, site, "-q", site); err == nil {
		t.Fatalf("no conflict:\n%s", out)
	}
	return site
}

// settle shows both sides of each page that waits before it asks.
func TestSettleShowsBothSides(t *testing.T) {
	t.Parallel()
	site := clashingSite(t)
	cmd := replantCmd(site, "settle", site)
	cmd.Env = append(cmd.Env, "PAGER=cat")
	term := onTerminal(t, 100, cmd)
	const question = "Keep yours (m), take the source's (s), or decide later (Enter)? "
	term.await(question)
	for _, want := range []string{"what you changed", "what the source changed, which waits"} {
		if !strings.Contains(term.text(), want) {
			t.Errorf("%q is missing:\n%s", want, term.text())
		}
	}
	first := term.text()
	term.answer("s\n")
	for strings.Count(term.text(), question) < 2 {
		term.await(question)
	}
	term.answer("\n")
	screen, code := term.end()
	if code != exitTrouble || !strings.Contains(screen, "1 updated") {
		t.Errorf("exit %d:\n%s", code, screen)
	}
	bed, water := readFile(t, site, "content/posts/hello-bed/index.md"), readFile(t, site, "content/posts/watering-by-numbers/index.md")
	if bedFirst := strings.Contains(first, "six planks"); bedFirst && !strings.Contains(bed, "five planks") || !bedFirst && !strings.Contains(water, "Their watering") {
		t.Errorf("not settled:\n%s\n%s", bed, water)
	}
	if out, err := replant(t, site, "settle", site); err == nil || strings.Count(out, "conflict  ") != 1 {
		t.Errorf("%v\n%s", err, out)
	}
}

// What is long goes through the user's pager on a terminal, and nowhere else.
func TestDiffGoesThroughThePager(t *testing.T) {
	t.Parallel()
	site := clashingSite(t)
	if err := os.RemoveAll(filepath.Join(site, "content/posts/seedlings-supermarket")); err != nil {
		t.Fatal(err)
	}
	for args, through := range map[string]bool{"diff": true, "-n --diff --restore": true, "-n --restore": false} {
		cmd := replantCmd(site, append(strings.Fields(args), site)...)
		cmd.Env = append(cmd.Env, "PAGER=sed 's/^/PAGED /'")
		if screen, _ := onTerminal(t, 100, cmd).end(); strings.Contains(screen, "PAGED ") != through {
			t.Errorf("%s:\n%s", args, screen)
		}
	}
	cmd := replantCmd(site, "diff", site)
	cmd.Env = append(cmd.Env, "PAGER=sed 's/^/PAGED /'")
	if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "PAGED") {
		t.Errorf("%v\n%s", err, out)
	}
	early := replantCmd(site, "diff", site)
	early.Env = append(os.Environ(), "PAGER=true")
	if screen, code := onTerminal(t, 100, early).end(); code != 0 || screen != "" {
		t.Errorf("a pager that ends at once: exit %d:\n%s", code, screen)
	}
}
