package proof

import (
	"fmt"
	"strings"
)

// Total counts what many posts lost.
type Total struct {
	Posts  int // that were proved
	Short  int // that lost something
	Feed   int // losses of the feed itself
	counts [Added + 1][kinds]int
}

// Add counts a post by its report, and by how much the feed itself had left out.
func (t *Total) Add(r Report, feed int) {
	t.Posts++
	t.Feed += feed
	if len(r)+feed > 0 {
		t.Short++
	}
	for _, l := range r {
		t.counts[l.Way][l.Kind] += l.N
	}
}

// String says it in one line: "41 posts, nothing lost", or "41 posts, 2 lost something:
// 1 embed, 3 words moved".
func (t *Total) String() string {
	posts := "1 post"
	if t.Posts != 1 {
		posts = fmt.Sprintf("%d posts", t.Posts)
	}
	if t.Short == 0 {
		return posts + ", nothing lost"
	}
	var what []string
	for w := range t.counts {
		for k, n := range t.counts[w] {
			if n > 0 {
				what = append(what, Loss{Way: Way(w), Kind: Kind(k), N: n}.counted())
			}
		}
	}
	if t.Feed > 0 {
		what = append(what, fmt.Sprintf("%d in the feed itself", t.Feed))
	}
	return fmt.Sprintf("%s, %d lost something: %s", posts, t.Short, strings.Join(what, ", "))
}

// counted says how many and, if it is more than lost, in which way.
func (l Loss) counted() string {
	if l.Way == Lost {
		return l.String()
	}
	return l.String() + " " + l.Way.String()
}
