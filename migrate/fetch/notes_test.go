package fetch

import (
	"io"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/afero"
)

// noteOf returns what is noted of an address; empty where nothing is.
func noteOf(t *testing.T, c *Client, addr string) string {
	t.Helper()
	f, err := c.Note(&url.URL{Scheme: "file", Path: addr})
	if err != nil {
		return ""
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestNotes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const month = 30 * 24 * time.Hour
		cache := afero.NewMemMapFs()
		edition := func(name string) *Client { return world(t, Options{Cache: cache, Edition: name}, says("")) }
		long, other := strings.Repeat("long ", noteLeast), strings.Repeat("other ", noteLeast)
		write := func(text string) *Note {
			n := edition("1").NewNote(&url.URL{Scheme: "file", Path: "/feed.xml"})
			for part := range strings.SplitAfterSeq(text, " ") {
				if _, err := io.WriteString(n, part); err != nil {
					t.Fatal(err)
				}
			}
			return n
		}
		expect := func(what, edited, want string) {
			t.Helper()
			if got := noteOf(t, edition(edited), "/feed.xml"); got != want {
				t.Errorf("%s: %d bytes, want %d", what, len(got), len(want))
			}
		}
		expect("before", "1", "")
		n := write(long)
		expect("being written", "1", "")
		if err := n.Keep(); err != nil {
			t.Fatal(err)
		}
		n.Drop()
		expect("kept", "1", long)
		expect("of another edition", "2", "")
		write(other).Drop()
		if err := write("short").Keep(); err != nil {
			t.Fatal(err)
		}
		expect("given up, and not worth a file", "1", long)
		if n := files(t, edition("1"), notes); n != 1 {
			t.Errorf("%d files are left", n)
		}
		write(other) // by a run that is killed
		for range 2 {
			time.Sleep(month - time.Hour)
			expect("in use", "1", long)
			if err := edition("1").Sweep(month); err != nil {
				t.Fatal(err)
			}
		}
		expect("in use", "1", long)
		if n := files(t, edition("1"), notes); n != 1 {
			t.Errorf("%d files are left of one that is used and one of a killed run", n)
		}
		time.Sleep(2 * month)
		if err := edition("1").Sweep(month); err != nil || files(t, edition("1"), notes) != 0 {
			t.Errorf("what nobody asks for stays: %v", err)
		}
	})
}
