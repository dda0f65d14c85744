package review

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// A file that has no room for all posts has those that need their author.
func TestFileWithoutRoom(t *testing.T) {
	t.Parallel()
	g := planted(t)
	b := g.book()
	var all bytes.Buffer
	if _, err := b.Write(&all); err != nil {
		t.Fatal(err)
	}
	conflict := fmt.Sprintf(`id="d%d">`, number(t, b, "Compost"))
	_, packed, _ := strings.Cut(all.String(), conflict)
	packed, _, _ = strings.Cut(packed, "<")
	var some bytes.Buffer
	left, err := b.write(&some, len(packed))
	if err != nil || left != 5 {
		t.Errorf("%d left, %v", left, err)
	}
	if n := strings.Count(some.String(), `id="d`); n != len(b.Review.Posts)-5+1 || !strings.Contains(some.String(), conflict) { // the page's own place for a post is one
		t.Errorf("it holds %d posts", n)
	}
	for _, p := range b.Review.Posts {
		if !strings.Contains(some.String(), p.Path) {
			t.Errorf("%s is not listed", p.Path)
		}
	}
}
