package migrate

import "sync/atomic"

// Progress counts how far a run has come. It may be read while the run is at work.
type Progress struct {
	Posts, Pictures Tally
	Originals       Tally // posts that a platform is asked for as their authors wrote them

	read atomic.Bool
	host atomic.Pointer[string]
}

// Tally counts things of one kind: how many are wanted as far as that is known, how many of
// them are done with, and how many of these are new.
type Tally struct{ wanted, done, fresh atomic.Int64 }

// Add counts.
func (t *Tally) Add(wanted, done, fresh int) {
	t.wanted.Add(int64(wanted))
	t.done.Add(int64(done))
	t.fresh.Add(int64(fresh))
}

// Wanted returns how many there are to do, as far as that is known.
func (t *Tally) Wanted() int { return int(t.wanted.Load()) }

// Done returns how many of them are done with.
func (t *Tally) Done() int { return int(t.done.Load()) }

// Fresh returns how many of those are new.
func (t *Tally) Fresh() int { return int(t.fresh.Load()) }

// Read reports whether all feeds have been read, so that what is wanted is all there is.
func (p *Progress) Read() bool { return p.read.Load() }

// Asked returns the host that is asked for originals, or "".
func (p *Progress) Asked() string {
	if host := p.host.Load(); host != nil {
		return *host
	}
	return ""
}

// Original counts what a host is asked for.
func (p *Progress) Original(host string, wanted, done int) {
	p.host.Store(&host)
	p.Originals.Add(wanted, done, 0)
}
