package plan

import (
	"fmt"
	"strconv"
	"strings"

	"replant/migrate/ledger"
)

// Any tells whether there is anything to show.
func (p *Plan) Any() bool {
	for range p.Shown() {
		return true
	}
	return false
}

// Conflicts counts the files that wait for the author since both have changed them.
func (p *Plan) Conflicts() int { return p.Count()[ledger.Conflict] }

// Waiting counts the files that wait for the author.
func (p *Plan) Waiting() (n int) {
	for c := range p.Shown() {
		if waits(c) {
			n++
		}
	}
	return n
}

// waits tells whether a change is one that its author has to settle.
func waits(c Change) bool { return c.Verdict == ledger.Conflict || c.Verdict == ledger.Shrunk }

// Count gives how many files have each verdict, replant's own memory left out.
func (p *Plan) Count() map[ledger.Verdict]int {
	n := map[ledger.Verdict]int{}
	for c := range p.Shown() {
		n[c.Verdict]++
	}
	return n
}

// Summary counts the changes in one line, such as "3 to create, 1 conflict, 41 posts
// unchanged".
func (p *Plan) Summary(done bool) string {
	n := p.Count()
	create, update, merge, remove, adopt, keep := "to create", "to update", "to merge", "to delete", "to adopt", "to keep"
	if done {
		create, update, merge, remove, adopt, keep = "created", "updated", "merged", "deleted", "adopted", "kept"
	}
	var parts []string
	for _, part := range []struct {
		n    int
		text string
	}{
		{n[ledger.Create], fmt.Sprintf("%d %s", n[ledger.Create], create)},
		{n[ledger.Update], fmt.Sprintf("%d %s", n[ledger.Update], update)},
		{n[ledger.Merge], fmt.Sprintf("%d %s", n[ledger.Merge], merge)},
		{n[ledger.Delete], fmt.Sprintf("%d %s", n[ledger.Delete], remove)},
		{n[ledger.Move], fmt.Sprintf("%d moved", n[ledger.Move])},
		{n[ledger.Adopt], fmt.Sprintf("%d %s", n[ledger.Adopt], adopt)},
		{n[ledger.Keep], fmt.Sprintf("%d %s", n[ledger.Keep], keep)},
		{n[ledger.Conflict], plural(n[ledger.Conflict], "conflict")},
		{n[ledger.Shrunk], fmt.Sprintf("%d shrunk", n[ledger.Shrunk])},
		{p.Kept, plural(p.Kept, "post") + " unchanged"},
	} {
		if part.n > 0 {
			parts = append(parts, part.text)
		}
	}
	return strings.Join(parts, ", ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// size is a number of bytes as a person reads it.
func size(n int64) string {
	switch {
	case n < 1000:
		return plural(int(n), "byte")
	case n < 999_950: // what would be rounded to 1000.0 kB
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
