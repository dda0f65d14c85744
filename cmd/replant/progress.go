package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"replant/migrate"
)

// tick is how often the line moves.
const tick = 200 * time.Millisecond

// progress is a line on a terminal that says how far a run has come, and that is gone once
// the run goes on to something else.
type progress struct {
	w       io.Writer
	columns func() int
	counts  *migrate.Progress
	waiting func() (host string, n int)
	turns   int
	shown   int   // columns of the line that stands there
	lately  []int // pictures done with at each of the last turns, the oldest first
}

// watch shows how a run gets on until stop is called. Off a terminal, or where other lines
// would come between, it shows nothing.
func (v *session) watch() (stop func()) {
	f, ok := v.std.err.(*os.File)
	if !ok || !v.o.say.atTerminal || v.o.say.quiet || v.o.say.verbose > 1 || v.o.say.logFormat == "json" || os.Getenv("TERM") == "dumb" {
		return func() {}
	}
	p := &progress{w: f, columns: columnsOf(f), counts: &v.counts, waiting: v.client.Waiting}
	ticker, ended := time.NewTicker(tick), make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		for {
			select {
			case <-ticker.C:
				p.draw()
			case <-ended:
				p.clear()
				return
			}
		}
	})
	return sync.OnceFunc(func() {
		ticker.Stop()
		close(ended)
		running.Wait()
	})
}

// columnsOf returns a function that says how wide a terminal is now.
func columnsOf(f *os.File) func() int {
	return func() int {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
		return 80
	}
}

// draw writes the line over the one that stands there.
func (p *progress) draw() {
	line := string(`-\|/`[p.turns%4])
	most := p.columns() - 1
	p.turns++
	for i, part := range p.parts() {
		gap := " · "
		if i == 0 {
			gap = " "
		}
		if utf8.RuneCountInString(line+gap+part) > most {
			break
		}
		line += gap + part
	}
	p.print(line)
}

// clear leaves nothing of the line.
func (p *progress) clear() {
	if p.shown > 0 {
		p.print("")
	}
}

// print writes a line over another. Blanks cover what that has more: every terminal knows
// them.
func (p *progress) print(line string) {
	columns := utf8.RuneCountInString(line)
	line += strings.Repeat(" ", max(0, p.shown-columns))
	if columns == 0 {
		line += "\r"
	}
	fmt.Fprint(p.w, "\r", line)
	p.shown = columns
}

// parts say how far the run has come, the most important first.
func (p *progress) parts() []string {
	c := p.counts
	if c.Posts.Wanted() == 0 {
		return []string{"reading"}
	}
	more := "+"
	if c.Read() {
		more = ""
	}
	parts := []string{fmt.Sprintf("posts %d/%d%s", c.Posts.Done(), c.Posts.Wanted(), more)}
	if n := c.Pictures.Wanted(); n > 0 {
		parts = append(parts, fmt.Sprintf("pictures %d/%d%s", c.Pictures.Done(), n, more))
	}
	if n := c.Originals.Wanted() - c.Originals.Done(); n > 0 {
		parts = append(parts, fmt.Sprintf("%s %d waiting", migrate.Printable(c.Asked()), n))
	}
	if host, n := p.waiting(); n > 0 {
		parts = append(parts, fmt.Sprintf("%s %d waiting", migrate.Printable(host), n))
	}
	if left := p.left(); left > 0 && c.Read() {
		parts = append(parts, spell(left)+" left")
	}
	return parts
}

// The pace is that of the last turns: pictures of the cache take no time, and a server may
// ask for rest. It takes some turns to be known.
const (
	paceMost  = 25
	paceLeast = 5
)

// left estimates how long the run still takes: by the pace of the pictures, and by a second
// for each original. It is 0 where that cannot be said.
func (p *progress) left() (d time.Duration) {
	pictures := &p.counts.Pictures
	done := pictures.Done()
	p.lately = append(p.lately, done)
	if len(p.lately) > paceMost {
		p.lately = p.lately[1:]
	}
	turns := len(p.lately) - 1
	if of := done - p.lately[0]; turns >= paceLeast && of > 0 {
		d = tick * time.Duration(turns*(pictures.Wanted()-done)/of)
	}
	originals := p.counts.Originals.Wanted() - p.counts.Originals.Done()
	return max(d, time.Duration(originals)*time.Second)
}

// spell says how long something takes as a person does.
func spell(d time.Duration) string {
	switch seconds := int(d.Round(time.Second) / time.Second); {
	case seconds < 60:
		return fmt.Sprintf("%d s", max(1, seconds))
	case seconds < 3600:
		return fmt.Sprintf("%d min", (seconds+30)/60)
	default:
		return fmt.Sprintf("%d h %d min", seconds/3600, seconds%3600/60)
	}
}
