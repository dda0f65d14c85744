package markdown

import (
	"errors"
	"strings"
	"testing"
)

// TestLongPage converts a post whose page would be forty times as long, and then another
// one: the first is refused, and the second not touched by it.
func TestLongPage(t *testing.T) {
	t.Parallel()
	c := New(plainStyle)
	deep := strings.Repeat("<ul><li>", deepest) + "<pre>" + strings.Repeat("a\n", pageMost/(2*deepest)) + "</pre>"
	if _, err := c.Convert(parse(t, deep)); !errors.Is(err, ErrLong) {
		t.Errorf("%v", err)
	}
	if page, err := c.Convert(parse(t, "<p>short")); err != nil || string(page) != "short\n" {
		t.Errorf("%q, %v", page, err)
	}
}
