package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"replant/migrate"
)

func TestProgressSaysWhatMattersFirst(t *testing.T) {
	t.Parallel()
	var counts migrate.Progress
	counts.Posts.Add(8, 3, 0)
	counts.Pictures.Add(315, 55, 50)
	counts.Original("dev.to", 9, 3)
	p := &progress{counts: &counts, waiting: func() (string, int) { return "img.example\x1b[2J", 12 }}
	for columns, want := range map[int]string{
		90: `- posts 3/8+ · pictures 55/315+ · dev.to 6 waiting · img.example\x1b[2J 12 waiting`,
		79: `- posts 3/8+ · pictures 55/315+ · dev.to 6 waiting`,
		40: `- posts 3/8+ · pictures 55/315+`,
		20: `- posts 3/8+`,
		5:  `-`,
	} {
		var b bytes.Buffer
		p.w, p.columns, p.turns, p.shown = &b, func() int { return columns }, 0, 0
		p.draw()
		if got := strings.TrimPrefix(b.String(), "\r"); got != want {
			t.Errorf("%d columns: %q, want %q", columns, got, want)
		}
	}
	p.print("long line")
	var b bytes.Buffer
	p.w = &b
	p.print("short")
	p.clear()
	if b.String() != "\rshort    \r     \r" {
		t.Errorf("printed %q", b.String())
	}
}

func TestTimeLeft(t *testing.T) {
	t.Parallel()
	var counts migrate.Progress
	p := &progress{counts: &counts}
	counts.Pictures.Add(315, 100, 0) // of the cache, at once
	for range paceLeast {
		counts.Pictures.Add(0, 1, 0)
		if d := p.left(); d != 0 {
			t.Errorf("%s are left, and nobody knows", d)
		}
	}
	counts.Pictures.Add(0, 1, 0)
	if got, want := p.left(), 209*tick; got != want {
		t.Errorf("%s are left, want %s", got, want)
	}
	counts.Originals.Add(100, 1, 0)
	if got := p.left(); got != 99*time.Second {
		t.Errorf("%s are left", got)
	}
	for d, want := range map[time.Duration]string{
		300 * time.Millisecond: "1 s", 40 * time.Second: "40 s", 100 * time.Second: "2 min", 3660 * time.Second: "1 h 1 min",
	} {
		if got := spell(d); got != want {
			t.Errorf("%s: %s, want %s", d, got, want)
		}
	}
}
