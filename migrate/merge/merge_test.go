package merge_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"replant/migrate/merge"
)

func TestText(t *testing.T) {
	t.Parallel()
	const base = "one\ntwo\nthree\nfour\nfive\n"
	for name, c := range map[string]struct {
		mine, theirs, want string
		clashes            []string
	}{
		"neither changed":       {mine: base, theirs: base, want: base},
		"mine changed":          {mine: "one\n2\nthree\nfour\nfive\n", theirs: base, want: "one\n2\nthree\nfour\nfive\n"},
		"theirs changed":        {mine: base, theirs: "one\ntwo\nthree\nfour\n", want: "one\ntwo\nthree\nfour\n"},
		"both, apart":           {mine: "1\ntwo\nthree\nfour\nfive\n", theirs: "one\ntwo\nthree\nfour\n5\n", want: "1\ntwo\nthree\nfour\n5\n"},
		"both the same":         {mine: "one\n2\nthree\nfour\nfive\n", theirs: "one\n2\nthree\nfour\nfive\n", want: "one\n2\nthree\nfour\nfive\n"},
		"both the same line":    {mine: "one\n2\nthree\nfour\nfive\n", theirs: "one\nII\nthree\nfour\nfive\n", clashes: []string{"2\n"}},
		"both, adjoining":       {mine: "one\n2\nthree\nfour\nfive\n", theirs: "one\ntwo\n3\nfour\nfive\n", clashes: []string{"2\nthree\n"}},
		"in two places":         {mine: "1\ntwo\nthree\nfour\n5\n", theirs: "I\ntwo\nthree\nfour\nV\n", clashes: []string{"1\n", "5\n"}},
		"mine deleted":          {mine: "one\ntwo\nfour\nfive\n", theirs: "one\ntwo\nIII\nfour\nfive\n", clashes: []string{""}},
		"mine lost the newline": {mine: base[:len(base)-1], theirs: "1" + base[3:], want: "1" + base[3:len(base)-1]},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, clashes := merge.Text([]byte(base), []byte(c.mine), []byte(c.theirs))
			if string(got) != c.want {
				t.Errorf("merged is %q, not %q", got, c.want)
			}
			var texts []string
			for _, b := range clashes {
				texts = append(texts, string(b))
			}
			if !slices.Equal(texts, c.clashes) {
				t.Errorf("clashes are %q, not %q", texts, c.clashes)
			}
		})
	}
}

// Texts that have nothing in common, or lines in all orders, are merged in bounded steps.
func BenchmarkHugeTexts(b *testing.B) {
	for _, kinds := range []int{3, 1000, 1 << 30} {
		b.Run(fmt.Sprint(kinds), func(b *testing.B) {
			var texts [3][]byte
			r := rand.New(rand.NewPCG(1, 2))
			for i := range texts {
				for range 50_000 {
					texts[i] = fmt.Appendf(texts[i], "line %d\n", r.IntN(kinds))
				}
			}
			for b.Loop() {
				merge.Text(texts[0], texts[1], texts[2])
			}
		})
	}
}

// Of random merges, git and this package settle all but a few alike: only those where
// lines repeat may differ. None of them may lose a line.
func TestMergesMuchAsGitDoes(t *testing.T) {
	t.Parallel()
	git, err := exec.LookPath("git")
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("needs git")
		}
		t.Fatal(err)
	}
	merges := 3000
	if testing.Short() {
		merges = 300
	}
	var differ atomic.Int32
	var wait sync.WaitGroup
	for worker := range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			dir := t.TempDir()
			for seed := worker; seed < merges; seed += runtime.GOMAXPROCS(0) {
				if !sameAsGit(t, git, dir, uint64(seed)) {
					differ.Add(1)
				}
			}
		})
	}
	wait.Wait()
	t.Logf("%d of %d merges differ from git's", differ.Load(), merges)
	if n := int(differ.Load()); n > merges/50 {
		t.Errorf("%d of %d merges differ from git's, more than 2 %%", n, merges)
	}
}

// sameAsGit merges random texts both ways and reports whether the results are the same.
func sameAsGit(t *testing.T, git, dir string, seed uint64) bool {
	w := writer{Rand: rand.New(rand.NewPCG(seed, 0))}
	base := w.text()
	mine, theirs := w.edit(base), w.edit(base)
	var names []string
	for i, lines := range [][]string{mine, base, theirs} {
		names = append(names, filepath.Join(dir, fmt.Sprint(i)))
		if err := os.WriteFile(names[i], join(lines), 0o644); err != nil {
			t.Error(err)
			return true
		}
	}
	cmd := exec.Command(git, append([]string{"merge-file", "-p", "-q"}, names...)...)
	want, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 127) {
		t.Errorf("seed %d: git: %v", seed, err)
		return true
	}
	got, clashes := merge.Text(join(base), join(mine), join(theirs))
	return (err != nil) == (clashes != nil) && (err != nil || bytes.Equal(got, want))
}

// A merge without a clash holds every line that a side brought, in its order, and none
// that a side took out.
func TestMergeLosesNoEdit(t *testing.T) {
	t.Parallel()
	merges := 20_000
	if testing.Short() {
		merges = 2000
	}
	clean := 0
	for seed := range uint64(merges) {
		w := writer{Rand: rand.New(rand.NewPCG(seed, 1))}
		base := w.text()
		w.mark = "mine"
		mine := w.edit(base)
		w.mark = "theirs"
		theirs := w.edit(base)
		for _, sides := range [][2][]string{{mine, base}, {base, mine}, {mine, mine}} {
			got, clashes := merge.Text(join(base), join(sides[0]), join(sides[1]))
			if clashes != nil || !bytes.Equal(got, join(mine)) {
				t.Fatalf("seed %d: one side's edit alone gives %q, %q\nbase %q\nmine %q", seed, got, clashes, base, mine)
			}
		}
		got, clashes := merge.Text(join(base), join(mine), join(theirs))
		if clashes != nil {
			continue
		}
		clean++
		lines := slices.Collect(strings.Lines(string(got)))
		for by, side := range map[string][]string{"by mine": mine, "by theirs": theirs} {
			if !slices.Equal(linesOf(by, side), linesOf(by, lines)) {
				t.Fatalf("seed %d: merged %q\nbase %q\nmine %q\ntheirs %q", seed, lines, base, mine, theirs)
			}
		}
		if !adds(count(join(base)), count(join(mine)), count(join(theirs)), count(got)) {
			t.Fatalf("seed %d: lines are missing or come twice: merged %q\nbase %q\nmine %q\ntheirs %q", seed, lines, base, mine, theirs)
		}
	}
	if clean < merges/10 {
		t.Errorf("%d of %d merges are clean: too few to say anything", clean, merges)
	}
}

// linesOf returns the lines that one side alone can have brought.
func linesOf(by string, lines []string) (all []string) {
	for _, l := range lines {
		if strings.HasPrefix(l, by) {
			all = append(all, strings.TrimSuffix(l, "\n"))
		}
	}
	return all
}

func count(text []byte) map[string]int {
	n := map[string]int{}
	for l := range strings.Lines(string(text)) {
		n[strings.TrimSuffix(l, "\n")]++
	}
	return n
}

// adds reports whether each line comes as often as the base has it, more or less what
// each side changed. What both changed alike, at most the smaller change, may count once.
func adds(base, mine, theirs, merged map[string]int) bool {
	for _, all := range []map[string]int{base, mine, theirs, merged} {
		for l := range all {
			m, t := mine[l]-base[l], theirs[l]-base[l]
			least, most := m+t, m+t
			if m > 0 && t > 0 {
				least = max(m, t)
			}
			if m < 0 && t < 0 {
				most = min(m, t)
			}
			if d := merged[l] - base[l]; d < least || d > most {
				return false
			}
		}
	}
	return true
}

func join(lines []string) []byte {
	var b []byte
	for _, l := range lines {
		b = append(b, l...)
	}
	return b
}

// writer writes texts as Markdown pages are: paragraphs between blank lines, code with
// lines that come again and again.
type writer struct {
	*rand.Rand
	mark string // of lines that are like no other; empty for such as come again
}

func (w writer) text() (lines []string) {
	kinds := 1 + w.IntN(60)
	for range w.IntN(40) {
		lines = append(lines, w.line(kinds))
	}
	return w.end(lines)
}

func (w writer) line(kinds int) string {
	if w.mark != "" {
		return fmt.Sprintf("by %s %d\n", w.mark, w.Uint64())
	}
	switch w.IntN(6) {
	case 0, 1:
		return "\n"
	case 2:
		return []string{"}\n", "```\n", "---\n", "- item\n"}[w.IntN(4)]
	}
	return fmt.Sprintf("line %d\n", w.IntN(kinds))
}

// end may take the newline off the last line.
func (w writer) end(lines []string) []string {
	if n := len(lines); n > 0 && w.IntN(10) == 0 {
		lines[n-1] = lines[n-1][:len(lines[n-1])-1]
	}
	return lines
}

// edit replaces, inserts and deletes some lines.
func (w writer) edit(base []string) []string {
	lines := append([]string{}, base...)
	for range w.IntN(4) {
		at := w.IntN(len(lines) + 1)
		gone := min(w.IntN(4), len(lines)-at)
		var fresh []string
		for range w.IntN(4) {
			fresh = append(fresh, w.line(80))
		}
		lines = append(lines[:at:at], append(fresh, lines[at+gone:]...)...)
	}
	for i := range max(0, len(lines)-1) {
		if n := len(lines[i]); n == 0 || lines[i][n-1] != '\n' {
			lines[i] += "\n"
		}
	}
	if len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
