package plan_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// The SHA-256 of "abc" and of nothing: FIPS 180-2, appendix B.1, and any shell.
const (
	abcHash  = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	zeroHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

func TestHash(t *testing.T) {
	t.Parallel()
	fsys, _ := realSite(t, files{"abc.md": "abc", "empty.md": "", "dir/x.md": "x"})
	for _, c := range []struct {
		name   string
		exists bool
		size   int64
		hash   string
	}{
		{"abc.md", true, 3, abcHash},
		{"empty.md", true, 0, zeroHash},
		{"absent.md", false, 0, ""},
		{"no/such/folder.md", false, 0, ""},
	} {
		got, err := plan.Hash(fsys, c.name)
		if err != nil || got.Exists() != c.exists || got.Size() != c.size || got.Hash() != c.hash {
			t.Errorf("%s: %v, %d bytes, %s, %v", c.name, got.Exists(), got.Size(), got.Hash(), err)
		}
	}
	if _, err := plan.Hash(fsys, "dir"); !errors.Is(err, plan.ErrNoFile) {
		t.Errorf("a folder: %v", err)
	}
}

func TestSameIsAboutBytes(t *testing.T) {
	t.Parallel()
	s := spool(t)
	a, b, empty := put(t, s, "a"), put(t, s, "b"), put(t, s, "")
	if !a.Same(put(t, s, "a")) || a.Same(b) {
		t.Error("equal bytes are not the same, or others are")
	}
	if empty.Same(plan.Content{}) {
		t.Error("an empty file is the same as none")
	}
}

func TestOpenTellsWhenBytesAreOthers(t *testing.T) {
	t.Parallel()
	dir := fstest.MapFS{"p.png": {Data: []byte("abc")}}
	c, err := plan.File(dir, "p.png", 3, abcHash)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := all(c); text != "abc" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	for _, other := range []string{"abd", "ab", "abcd", ""} {
		dir["p.png"].Data = []byte(other)
		if _, err := all(c); !errors.Is(err, plan.ErrChanged) {
			t.Errorf("%q in the place of abc: %v", other, err)
		}
	}
	if _, err := all(plan.Content{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an absent file: %v", err)
	}
}

func TestFileWantsASHA256(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "x", abcHash[2:], abcHash + "00", strings.Repeat("z", 64)} {
		if _, err := plan.File(fstest.MapFS{}, "p.png", 3, bad); err == nil {
			t.Errorf("%q was taken for a SHA-256", bad)
		}
	}
}

func all(c plan.Content) (string, error) {
	f, err := c.Open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	return string(b), err
}

func TestSpoolIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	s := spool(t)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			text := strings.Repeat(fmt.Sprint(i), i*100)
			c, err := spoolEither(s, text, i%5 == 0)
			if err != nil {
				t.Error(err)
				return
			}
			if back, err := all(c); back != text || err != nil || c.Size() != int64(len(text)) {
				t.Errorf("%d: %d bytes came back, %v", i, len(back), err)
			}
		})
	}
	wg.Wait()
}

func spoolEither(s *plan.Spool, text string, large bool) (plan.Content, error) {
	if !large {
		return s.Put([]byte(text))
	}
	w := s.Create()
	_, err := io.Copy(w, strings.NewReader(text))
	c, closed := w.Close()
	return c, errors.Join(err, closed)
}

func TestSpoolThatFailsGivesNoContent(t *testing.T) {
	t.Parallel()
	f, err := afero.NewReadOnlyFs(site(t, files{"spool": ""})).Open("spool")
	if err != nil {
		t.Fatal(err)
	}
	s := plan.NewSpool(f)
	f.Close()
	if c, err := s.Put([]byte("x")); err == nil || c.Exists() {
		t.Errorf("Put: %v, %v", c.Exists(), err)
	}
	if c, err := spoolEither(s, "x", true); err == nil || c.Exists() {
		t.Errorf("Create: %v, %v", c.Exists(), err)
	}
	if _, err := s.Put([]byte("x")); err == nil { // and does not wait for ever
		t.Error("Put after Create succeeded")
	}
}

// A plan stays small however large its files are: 200,000 posts, each with a page and
// the base of it, in 48 MB.
func TestPlanOfManyChangesIsSmall(t *testing.T) { //nolint:paralleltest // it measures the heap
	const posts, most = 200_000, 48 << 20
	s := spool(t)
	text := []byte("x")
	was := heap()
	p := &plan.Plan{}
	for i := range posts {
		c, err := s.Put(text)
		if err != nil {
			t.Fatal(err)
		}
		page := plan.Change{
			Path: fmt.Sprintf("content/posts/the-slug-of-a-post-%d/index.md", i), Why: "new post",
			Verdict: ledger.Create, After: c, Group: i,
		}
		p.Add(page)
		page.Path, page.Why = ledger.Dir+"/base/"+page.Path, "what was written"
		p.Add(page)
	}
	if used := heap() - was; used > most {
		t.Errorf("%d posts take %d MB", posts, used>>20)
	}
	runtime.KeepAlive(p)
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
