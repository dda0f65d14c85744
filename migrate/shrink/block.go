package shrink

import (
	"slices"
	"strings"
	"unicode"

	"replant/migrate/proof"
)

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

// IsBlock tells whether a text reads like a page that a server shows to robots in the
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

// Key returns a text that is equal for posts that say the same, whatever the number that
// a server gives to each of its answers; empty for a text too short to tell.
func Key(t proof.Text) string {
	var b strings.Builder
	n := 0
	for _, p := range t {
		if !p.Thing && number(p.Word) {
			continue
		}
		n++
		b.WriteString(p.Word)
		b.WriteByte(' ')
	}
	if n < sharedLeast || t.Words() == 0 {
		return ""
	}
	return b.String()
}

// numberLeast is the length of the shortest number of an answer: a time or an address of
// the network.
const numberLeast = 8

// number tells whether a word is the number of an answer, such as Cloudflare's ray.
func number(w string) bool { return len(w) >= numberLeast && strings.ContainsFunc(w, unicode.IsDigit) }
