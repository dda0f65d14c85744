package plan_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
)

// Law 2: git makes of the patch byte for byte the tree that the real run makes, and
// takes it back to what was there.
func TestGitApplyMakesTheSameTree(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	for seed := range uint64(24) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			before, after := randomTrees(rand.New(rand.NewPCG(seed, 1)))
			applied := applied(t, before, after)
			_, dir := realSite(t, before)
			patch := patchOf(t, before, after)
			git(t, dir, nil, "init", "-q")
			git(t, dir, patch, "apply", "-")
			equal(t, "git apply against the real run", onDisk(t, dir), applied)
			equal(t, "git apply", onDisk(t, dir), after)
			git(t, dir, patch, "apply", "-R", "-")
			equal(t, "git apply -R", onDisk(t, dir), before)
		})
	}
}

// applied gives the tree that a real run makes.
func applied(t *testing.T, before, after files) files {
	t.Helper()
	fsys, _ := realSite(t, before)
	if err := between(t, fsys, after).Apply(t.Context(), fsys, tree.Put, tree.Sync); err != nil {
		t.Fatal(err)
	}
	return read(t, fsys)
}

func patchOf(t testing.TB, before, after files) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := between(t, site(t, before), after).WritePatch(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func git(t *testing.T, dir string, stdin []byte, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(stdin)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s\n%.4000s", strings.Join(args, " "), err, out, stdin)
	}
}

// onDisk gives the files of a folder, git's own left out.
func onDisk(t *testing.T, dir string) files {
	t.Helper()
	all := read(t, afero.NewBasePathFs(afero.NewOsFs(), dir))
	maps.DeleteFunc(all, func(name, _ string) bool { return strings.HasPrefix(name, ".git/") })
	return all
}

// randomTrees gives two trees that share some of their files.
func randomTrees(r *rand.Rand) (before, after files) {
	before, after = files{}, files{}
	for range 5 + r.IntN(20) {
		name := randomName(r)
		old := randomText(r)
		switch r.IntN(4) {
		case 0:
			before[name] = old
		case 1:
			after[name] = old
		case 2:
			before[name], after[name] = old, randomText(r)
		default:
			before[name], after[name] = old, edited(r, old)
		}
	}
	after[ledger.Name] = randomText(r)
	return before, after
}

// Folders have no ending and files have one, so that a name is never both.
func randomName(r *rand.Rand) string {
	part := func() string {
		odd := []string{"a", "b", "a b", " x", "x ", `q"t`, "it's", `b\s`, "ünï", "日本", "-n", "dev", "null", "a b b",
			"tab\there", "line\nbreak", "bell\a", "\x7f", "{x}", "%41", "$HOME", "*", "…"}
		return odd[r.IntN(len(odd))]
	}
	endings := []string{".md", ".json", ".toml", ".html", ".png", ".md ", ".bin"}
	name := part() + endings[r.IntN(len(endings))]
	for range r.IntN(3) {
		name = part() + "/" + name
	}
	return name
}

func randomText(r *rand.Rand) string {
	switch r.IntN(8) {
	case 0:
		return ""
	case 1:
		return randomBytes(r, r.IntN(100_000))
	case 2:
		return "\x00text with a NUL\n"
	case 3:
		return "Latin \xe9\n"
	case 4:
		return strings.Repeat("x", 1+r.IntN(60)) // around the bytes of one line of a literal
	}
	return randomLines(r)
}

func randomLines(r *rand.Rand) string {
	odd := []string{"", "a line", "- item", "+ item", "--- a/x", "+++ b/x", "@@ -1,2 +1,2 @@", "diff --git a/x b/x",
		`\ No newline at end of file`, "trailing \t ", "crlf\r", "lone\rcr", "日本", " indented", "\ufeffmark", "GIT binary patch"}
	var b strings.Builder
	for range r.IntN(40) {
		b.WriteString(odd[r.IntN(len(odd))] + "\n")
	}
	if r.IntN(3) == 0 {
		b.WriteString("no newline at the end")
	}
	return b.String()
}

// edited changes a few lines.
func edited(r *rand.Rand, text string) string {
	lines := strings.SplitAfter(text, "\n")
	for range 1 + r.IntN(3) {
		lines[r.IntN(len(lines))] = randomLines(r)
	}
	return strings.Join(lines, "")
}

func TestUnreadableContentFailsThePatch(t *testing.T) {
	t.Parallel()
	fsys := site(t, files{"a.png": "old"})
	p := between(t, fsys, files{})
	fill(t, fsys, files{"a.png": "new, and not what was seen"})
	if err := p.WritePatch(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "a.png") {
		t.Errorf("a patch of bytes that are no more: %v", err)
	}
}

// A ledger of a large blog is text, but too much of it to be compared line by line.
func TestLargeTextIsPrintedAsBinary(t *testing.T) {
	t.Parallel()
	for lines, want := range map[int]bool{1000: false, 1_000_000: true} {
		patch := patchOf(t, nil, files{ledger.Name: strings.Repeat(`{"x": 1}`+"\n", lines)})
		if got := bytes.Contains(patch, []byte("GIT binary patch")); got != want {
			t.Errorf("%d lines as binary: %v, want %v", lines, got, want)
		}
	}
}

func BenchmarkPatch(b *testing.B) {
	picture := randomBytes(rand.New(rand.NewPCG(1, 2)), 20<<20)
	p := &plan.Plan{}
	p.Add(plan.Change{Path: "a.png", Verdict: ledger.Create, After: put(b, spool(b), picture)})
	b.SetBytes(int64(len(picture)))
	b.ReportAllocs()
	for b.Loop() {
		if err := p.WritePatch(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func randomBytes(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}
