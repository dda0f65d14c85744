package ledger

// Verdict is what a run does with one file of the site.
type Verdict string

// The verdicts. Only Create, Update, Merge and Delete change what the author sees.
const (
	Create   Verdict = "create"
	Update   Verdict = "update"
	Merge    Verdict = "merge" // edited here and changed at the source: both, where that is possible
	Keep     Verdict = "keep"
	Adopt    Verdict = "adopt"    // a page of our post that the ledger did not know: left as it is
	Move     Verdict = "move"     // a page that its author put somewhere else: it stays there
	Delete   Verdict = "delete"   // a file of ours that nothing refers to any more
	Deleted  Verdict = "deleted"  // the author removed it: it stays away
	Conflict Verdict = "conflict" // two versions and no way to tell: left alone, reported
	Shrunk   Verdict = "shrunk"   // the source has less than the page: left alone, reported
)

// State is what is known of one file. Each string is the hash of its bytes, empty
// where there is no such file.
type State struct {
	Last    string // as the last whole run wrote it
	Pending string // as a killed run was about to write it
	Disk    string // as it lies there
	Fresh   string // as this run would write it
	Ours    bool   // the page on disk names our post's address
	Shrunk  bool   // fresh is so much less than last that nobody can have meant it
}

// Judge returns the verdict on a file. It is pure.
func Judge(s State) Verdict {
	last := s.Last
	if s.Pending != "" && s.Disk == s.Pending {
		last = s.Pending // a killed run's own writing is not the author's
	}
	switch {
	case s.Disk == s.Fresh:
		return Keep
	case last == "" && s.Disk == "":
		return Create
	case last == "" && s.Ours:
		return Adopt
	case last == "":
		return Conflict
	case s.Disk == "":
		return Deleted
	case s.Disk != last && s.Fresh == s.Last:
		return Keep // the author's edit stands
	case s.Shrunk:
		return Shrunk
	case s.Disk == last:
		return Update
	default:
		return Merge
	}
}
