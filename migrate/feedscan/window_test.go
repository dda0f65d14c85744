package feedscan

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestWindowStaysSmall reads 11 MB: what is held of a feed is bounded by its items.
func TestWindowStaysSmall(t *testing.T) {
	t.Parallel()
	readers := []io.Reader{strings.NewReader("<rss><channel>")}
	for i := range 2000 {
		readers = append(readers, strings.NewReader(fmt.Sprintf("<item><title>%d</title><description>%s</description></item>", i, strings.Repeat("words ", 900))))
	}
	c, err := Open(io.MultiReader(append(readers, strings.NewReader("</channel></rss>"))...), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Head(); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err = c.Next(); err == nil; _, err = c.Next() {
		n++
	}
	if held := cap(c.(*xmlCutter).buf); n != 2000 || held > 4*step || !errors.Is(err, io.EOF) {
		t.Errorf("%d posts, %d bytes held, %v", n, held, err)
	}
}
