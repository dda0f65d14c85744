package ledger

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   State
		want Verdict
	}{
		{"a new post", State{Fresh: "f"}, Create},
		{"already there, byte for byte", State{Disk: "f", Fresh: "f"}, Keep},
		{"unknown, and names our post", State{Disk: "d", Fresh: "f", Ours: true}, Adopt},
		{"unknown, and somebody else's", State{Disk: "d", Fresh: "f"}, Conflict},
		{"nothing new", State{Last: "a", Disk: "a", Fresh: "a"}, Keep},
		{"changed at the source", State{Last: "a", Disk: "a", Fresh: "b"}, Update},
		{"less at the source", State{Last: "a", Disk: "a", Fresh: "b", Shrunk: true}, Shrunk},
		{"edited here, and less at the source", State{Last: "a", Disk: "d", Fresh: "b", Shrunk: true}, Shrunk},
		{"less at the source, as its author took over", State{Last: "a", Disk: "b", Fresh: "b", Shrunk: true}, Keep},
		{"less at the source, and deleted here", State{Last: "a", Fresh: "b", Shrunk: true}, Deleted},
		{"less at the source, and edited after a killed run", State{Last: "a", Pending: "p", Disk: "d", Fresh: "b", Shrunk: true}, Shrunk},
		{"less than a killed run had", State{Last: "a", Pending: "p", Disk: "p", Fresh: "a", Shrunk: true}, Shrunk},
		{"edited here", State{Last: "a", Disk: "d", Fresh: "a"}, Keep},
		{"edited here and changed at the source", State{Last: "a", Disk: "d", Fresh: "b"}, Merge},
		{"edited to what the source says", State{Last: "a", Disk: "b", Fresh: "b"}, Keep},
		{"deleted by the author", State{Last: "a", Fresh: "b"}, Deleted},
		{"killed before the first rename", State{Pending: "p", Fresh: "p"}, Create},
		{"killed after it, and the source changed since", State{Pending: "p", Disk: "p", Fresh: "f"}, Update},
		{"killed in an update", State{Last: "a", Pending: "p", Disk: "p", Fresh: "f"}, Update},
		{"killed in an update that was taken back", State{Last: "a", Pending: "p", Disk: "p", Fresh: "a"}, Update},
		{"killed before an update", State{Last: "a", Pending: "p", Disk: "a", Fresh: "p"}, Update},
		{"edited after a killed run", State{Last: "a", Pending: "p", Disk: "d", Fresh: "p"}, Merge},
	} {
		if got := Judge(c.in); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Whatever the state, an edit is never written over: only what replant itself
// wrote, or nothing, makes room for a fresh page.
func TestJudgeNeverGivesAnEditAway(t *testing.T) {
	t.Parallel()
	hashes := []string{"", "a", "b", "c", "d"}
	for range 10000 {
		pick := func() string { return hashes[rand.IntN(len(hashes))] }
		s := State{Last: pick(), Pending: pick(), Disk: pick(), Fresh: hashes[1+rand.IntN(4)], Ours: rand.IntN(2) == 0, Shrunk: rand.IntN(2) == 0}
		edited := s.Disk != "" && s.Disk != s.Last && s.Disk != s.Pending
		if v := Judge(s); edited && (v == Create || v == Update || v == Delete) {
			t.Fatalf("%+v: %v", s, v)
		}
		if v := Judge(s); s.Shrunk && (v == Update || v == Merge) {
			t.Fatalf("%+v: %v", s, v)
		}
	}
}

func sample() *Ledger {
	l := &Ledger{Feeds: []*Feed{{Address: "https://dev.to/feed/ben", Settings: Settings{Target: "hugo", Section: "posts", Layout: "bundle", Images: "local"}, Pages: All}}}
	l.SetFile(&File{Path: "templates/x.html", Hash: "h"})
	l.SetFile(&File{Path: "content/posts/_index.md", Hash: "g"})
	l.SetFile(&File{Path: "content/posts/_index.md", Hash: "h"})
	l.Told = []string{"b", "a"}
	l.SetOutage(&Outage{Address: "https://b.example/", Since: "2026-03-02", Text: "https://b.example/: 404"})
	l.SetOutage(&Outage{Address: "https://a.example/", Since: "2026-03-01", Text: "https://a.example/: 500"})
	l.Add(&Entry{Names: []string{"url:b", "guid:1"}, Path: "content/posts/b/index.md", From: "i", Page: "p"})
	l.Add(&Entry{Names: []string{"url:a", "guid:1"}, Path: "content/posts/a/index.md", From: "i", Page: "p",
		Extra: &Extra{Assets: []Asset{{Address: "https://x/<1>.png", File: "content/posts/a/1.png", Hash: "h"}}}})
	return l
}

func TestWriteIsStable(t *testing.T) {
	t.Parallel()
	var first, second bytes.Buffer
	if err := sample().Write(&first); err != nil {
		t.Fatal(err)
	}
	back, err := Read(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := back.Write(&second); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("read and written again:\n%s\nbefore:\n%s", &second, &first)
	}
	if a, b := strings.Index(first.String(), "posts/a"), strings.Index(first.String(), "posts/b"); a > b {
		t.Error("posts are not sorted by path")
	}
}

func TestEmptyLedgerRoundTrips(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := new(Ledger).Write(&b); err != nil {
		t.Fatal(err)
	}
	l, err := Read(&b)
	if err != nil || len(l.Posts)+len(l.Feeds) > 0 {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestReadRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	if _, err := Read(strings.NewReader(`{"version": 99}`)); !errors.Is(err, ErrVersion) {
		t.Errorf("a newer ledger: %v", err)
	}
	if _, err := Read(strings.NewReader(`{"posts": [], "version": 99}`)); !errors.Is(err, ErrVersion) {
		t.Errorf("a newer ledger that says so last: %v", err)
	}
	for _, bad := range []string{
		"", "<html>", "[]", `{"version": 1, "posts": [`, `{"version": 1, "posts": []`, `{"version": 1, "posts": [null]}`,
		`{"version": 1, "posts": {}}`, `{"version": 1, "feeds": [7]}`, `{"version": "1"}`,
		`{}`, `{"posts": []}`, `{"version": null}`, `{"version": 1}}`, `{"version": 1}{}`, `{"version": 1, "posts": [{"names": ["n"]}]}`,
	} {
		if _, err := Read(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read as a ledger", bad)
		}
	}
}

func TestReadPassesOverWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	l, err := Read(strings.NewReader(`{"version": 1, "later": {"a": [1, "]"]}, "told": null, "files": null, "posts": [{"path": "a.md", "names": ["n"], "more": 1}]}`))
	if err != nil || len(l.Posts) != 1 || len(l.Find([]string{"n"})) != 1 || l.At("a.md") == nil {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestFilesAndTold(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := sample().Write(&b); err != nil {
		t.Fatal(err)
	}
	l, err := Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(l.Told, " "); got != "a b" {
		t.Errorf("told %s", got)
	}
	if f := l.File("content/posts/_index.md"); len(l.Files) != 2 || f == nil || f.Hash != "h" {
		t.Errorf("files are %+v", l.Files)
	}
	if f := l.File("none"); f != nil {
		t.Errorf("a file that nobody wrote: %+v", f)
	}
}

func TestFindTellsPostsWithOneGuidApart(t *testing.T) {
	t.Parallel()
	l := sample()
	for _, c := range []struct{ names, want string }{
		{"url:a guid:1", "content/posts/a/index.md"},
		{"url:b guid:1", "content/posts/b/index.md"},
		{"url:b", "content/posts/b/index.md"},
		{"url:moved guid:1", "content/posts/b/index.md"},
		{"url:c guid:2", ""},
	} {
		got := ""
		if found := l.Find(strings.Fields(c.names)); len(found) > 0 {
			got = found[0].Path
		}
		if got != c.want {
			t.Errorf("Find(%s) = %q, want %q", c.names, got, c.want)
		}
	}
}

func TestRenameKeepsOldNames(t *testing.T) {
	t.Parallel()
	l := sample()
	e := l.Find([]string{"url:a"})[0]
	l.Rename(e, []string{"url:new", "url:a"})
	if got := strings.Join(e.Names, " "); got != "url:new url:a guid:1" {
		t.Errorf("names are %s", got)
	}
	if l.Find([]string{"url:new"})[0] != e || l.Find([]string{"url:a"})[0] != e {
		t.Error("not found by its old and new name")
	}
}

func TestJournal(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	mark := Mark{Path: "content/posts/a/1.png", Hash: "h", Page: "content/posts/a/index.md", New: true}
	if err := WriteMark(&b, mark); err != nil {
		t.Fatal(err)
	}
	j, err := ReadJournal(&b)
	if err != nil || len(j) != 1 || j.Pending(mark.Path, "h") != "h" || !j.New(mark.Path) || j.Removes(mark.Path) {
		t.Errorf("%+v, %v", j, err)
	}
	if _, err := ReadJournal(strings.NewReader(`{"path": "x`)); err == nil {
		t.Error("half a journal was read as a whole one")
	}
}

func TestNoteLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	var l Ledger
	a, b := &Entry{Path: "a"}, &Entry{Path: "b"}
	l.Add(a)
	l.Add(b)
	before := *a
	a.Note(func(x *Extra) { x.Trouble, x.Losses = "out of reach", []string{"a word"} })
	noted := *a
	a.Note(func(x *Extra) { x.Trouble = "" })
	if before.Trouble != "" || b.Trouble != "" || len(b.Losses) > 0 || noted.Trouble == "" || a.Trouble != "" || len(a.Losses) != 1 {
		t.Errorf("before %+v, noted %+v, now %+v, another %+v", before.Extra, noted.Extra, a.Extra, b.Extra)
	}
	a.Note(func(x *Extra) { x.Losses = nil })
	if a.Extra != b.Extra {
		t.Error("what has nothing is not shared")
	}
}
