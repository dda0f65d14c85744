package wptext

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestExpansionIsBounded writes texts that call for much more than they are long: shared
// blocks that hold each other a hundred times, and what a post has, over and over.
func TestExpansionIsBounded(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range 5000 {
		ids = append(ids, fmt.Sprint(i))
	}
	lib := Library{
		Block:    func(string) (string, bool) { return strings.Repeat(`<!-- wp:block {"ref":1} /--> x `, 100), true },
		File:     func(id string) (File, bool) { return File{URL: "https://a.example/" + id + ".png"}, true },
		Attached: func() []string { return ids },
		Notes:    slices.Repeat([]Note{{"a", strings.Repeat("note ", 100)}}, 1000),
	}
	for _, piece := range []string{`<!-- wp:block {"ref":1} /-->`, "[gallery]", "<!-- wp:footnotes /-->"} {
		html, losses := HTML(strings.Repeat(piece, 5000), lib)
		if len(html) > expandedMost+(1<<20) {
			t.Errorf("%s: %d bytes", piece, len(html))
		}
		if want := "shared blocks, galleries and footnotes beyond 4 MB"; !slices.Contains(losses, want) {
			t.Errorf("%s: %q", piece, losses[:min(len(losses), 3)])
		}
	}
}
