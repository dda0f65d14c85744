// Package shrink distinguishes an edit of a post from a source that got worse: one that now
// has a teaser, nothing at all, or a page that keeps robots out.
//
// Start at [Find], which compares what a reader saw of a post with what would come. It is
// pure and knows neither feeds nor files.
package shrink

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"

	"replant/migrate/proof"
)

// Reason says in which way a text is less than the one before it; empty for an edit.
type Reason string

// The reasons.
const (
	Edit      Reason = ""
	Empty     Reason = "empty"
	Beginning Reason = "beginning" // the old text up to somewhere
	Excerpt   Reason = "excerpt"   // the platform says so
	Summary   Reason = "summary"   // what the page had as its description
	Less      Reason = "less"      // far fewer words
	Blocked   Reason = "blocked"   // a page for browsers that asks to prove something
	Shared    Reason = "shared"    // what other posts say as well
)

// Facts is what is known of an incoming text beside its words.
type Facts struct {
	Excerpt bool       // the platform marks it as an excerpt, and did not before
	Summary proof.Text // the description of the post as it was
}

// Few words may come and go without a question: a post of a sentence or two is easily
// written anew.
const few = 10

// Find returns the reason why fresh is less than last. An author's edit may cut a
// paragraph, or rewrite half of the post; it rarely leaves less than a third, or the
// beginning alone.
func Find(last, fresh proof.Text, f Facts) Reason {
	old, now := last.Words(), fresh.Words()
	switch {
	case len(fresh) == 0 && len(last) > 0:
		return Empty
	case IsBlock(fresh) && !IsBlock(last) && Alien(last, fresh):
		return Blocked
	case old == 0:
		return bare(last, fresh)
	case f.Excerpt && (weight(fresh)*4 < weight(last)*3 || begins(last, fresh) > 0 && now < old):
		return Excerpt
	case now >= old:
		return Edit
	case broken(last, fresh):
		return Beginning
	case now > 3 && now < old-few/2 && same(f.Summary, fresh):
		return Summary
	case old-now < few:
		return Edit
	case now*2 < old && begins(last, fresh) > 0:
		return Beginning
	case now*3 < old, now*5 < old*2 && known(last, fresh) >= mostly:
		return Less
	}
	return Edit
}

// bare compares posts of pictures alone.
func bare(last, fresh proof.Text) Reason {
	if lost := len(last) - len(fresh); lost > 1 && len(fresh)*3 < len(last) {
		return Less
	}
	return Edit
}

// pictured is how many words a picture weighs.
const pictured = 5

func weight(t proof.Text) int { return t.Words() + pictured*t.Things() }

// words returns the words of a text without its pictures.
func words(t proof.Text) proof.Text {
	return slices.DeleteFunc(slices.Clone(t), func(p proof.Piece) bool { return p.Thing })
}

// tailMost is how many words may stand behind an excerpt: "Continue reading" and a title.
const tailMost = 16

// begins returns with how many words fresh repeats the beginning of last: 0 if more than
// a tail stands behind them. The last of them may be cut in the middle.
func begins(last, fresh proof.Text) int {
	a, b := words(last), words(fresh)
	n := 0
	for n < len(a) && n < len(b) && a[n].Word == b[n].Word {
		n++
	}
	if n < len(a) && n == len(b)-1 && n > 0 && strings.HasPrefix(a[n].Word, b[n].Word) {
		return n + 1
	}
	if tail := len(b) - n; n == 0 || tail > tailMost || n < 2*tail && !b[n-1].Trail {
		return 0
	}
	return n
}

// broken reports whether fresh is last, broken off: in the middle of a paragraph and of a
// sentence, or before three dots.
func broken(last, fresh proof.Text) bool {
	n := begins(last, fresh)
	a, b := words(last), words(fresh)
	if n == 0 || len(a)-n < 3 {
		return false
	}
	at := b[n-1]
	if at.Trail {
		return !a[n-1].Trail || n*2 < len(a)
	}
	return n == len(b) && !at.Stop && !a[n-1].Last
}

// mostly is the share of words, in percent, by which a text is taken for a part of another.
const mostly = 90

// known returns how many of a hundred words of fresh last has too.
func known(last, fresh proof.Text) int {
	have := map[string]int{}
	for _, p := range last {
		have[p.Word]++
	}
	n, all := 0, 0
	for _, p := range fresh {
		if p.Thing {
			continue
		}
		all++
		if have[p.Word] > 0 {
			have[p.Word]--
			n++
		}
	}
	if all == 0 {
		return 100
	}
	return 100 * n / all
}

// Alien reports whether fresh says something else than last altogether.
func Alien(last, fresh proof.Text) bool { return known(last, fresh) < 50 }

// same reports whether two texts have the same words.
func same(a, b proof.Text) bool {
	return len(a) > 0 && slices.EqualFunc(a, words(b), func(x, y proof.Piece) bool { return x.Word == y.Word })
}

// blockMost is how many words a page that keeps robots out has at the most.
const blockMost = 100

// blocks are what such pages say, in the form that texts have here: Cloudflare, Akamai,
// Sucuri, Imperva and the usual plugins.
var blocks = []string{
	"just a moment", "enable javascript", "turn on javascript", "javascript is disabled", "javascript is required",
	"requires javascript", "enable cookies", "checking your browser", "checking if the site connection is secure",
	"verify you are human", "verifying you are human", "verify that you are human", "not a robot", "are you a robot",
	"access denied", "attention required", "ddos protection", "you have been blocked", "unusual traffic",
	"captcha", "recaptcha", "ray id", "too many requests", "403 forbidden",
}

// IsBlock reports whether a text reads like a page that a server shows to robots in the
// place of what they asked for.
func IsBlock(t proof.Text) bool {
	if len(t) == 0 || len(t) > blockMost {
		return false
	}
	var all strings.Builder
	for _, p := range t {
		all.WriteByte(' ')
		all.WriteString(p.Word)
	}
	all.WriteByte(' ')
	return slices.ContainsFunc(blocks, func(b string) bool { return strings.Contains(all.String(), " "+b+" ") })
}

// sharedLeast is how many words posts must have in common: many posts say "Coming soon".
const sharedLeast = 4

// seed is of the hashes of texts, which no run keeps.
var seed = maphash.MakeSeed()

// Key returns a hash that is the same for posts that say the same, whatever the number that
// a server puts into each of its answers, or 0 for a text too short to tell.
func Key(t proof.Text) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	n := 0
	for i := range t {
		if p := &t[i]; p.Thing || !number(p.Word) {
			n++
			_, _ = h.WriteString(p.Word)
			_ = h.WriteByte(' ')
		}
	}
	if n < sharedLeast || t.Words() == 0 {
		return 0
	}
	return h.Sum64()
}

// numberLeast is the length of the shortest number of an answer: a time or an address of
// the network.
const numberLeast = 8

// number reports whether a word is the number of an answer, such as Cloudflare's ray.
func number(w string) bool { return len(w) >= numberLeast && strings.ContainsFunc(w, unicode.IsDigit) }
