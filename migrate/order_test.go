package migrate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"replant/migrate"
)

// A plan is the same whatever comes first and however many conversions run at a time.
func TestPlanDoesNotDependOnTiming(t *testing.T) {
	t.Parallel()
	want := planOf(t, 0, 1)
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			if got := planOf(t, seed+1, int(seed%4)+1); got != want {
				t.Errorf("seed %d: the plan is\n%s\nwant\n%s", seed, got, want)
			}
		})
	}
}

// planOf plans a blog of more posts than are under way at once, its pictures coming
// in any order; without a seed they come at once.
func planOf(t *testing.T, seed uint64, jobs int) (lines string) {
	w, b := newWorld(t), plainBlog()
	for i := range 70 {
		p := &article{link: fmt.Sprint("https://blog.example/", i, "/hello"), title: fmt.Sprint("Post ", i)}
		for n := range i % 5 {
			addr := fmt.Sprintf("https://pictures.example/%d/%d/same.png", i, n)
			p.body += img(addr)
			if n != 3 {
				w.pictures[addr] = png(fmt.Sprint(i, n))
			}
		}
		b.add(p)
	}
	w.publish(b)
	if seed > 0 {
		random := rand.New(rand.NewPCG(seed, 0))
		w.delay = func() time.Duration {
			w.mu.Lock()
			defer w.mu.Unlock()
			return time.Duration(random.IntN(1000)) * time.Millisecond
		}
	}
	out := w.plan(func(m *migrate.Migration) { m.Jobs = jobs })
	for _, c := range append(slices.Collect(out.Plan.All()), *out.Plan.Ledger) {
		lines += fmt.Sprintln(c.Group, c.Verdict, c.Path, c.After.Hash(), c.Why)
	}
	return lines + fmt.Sprint(out.Plan.Journal.Hash(), out.Plan.Kept, troubles(out))
}
