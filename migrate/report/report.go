// Package report collects what a run has to tell its author, in the order in which it
// comes up. Every room of the way writes to one [Report]; none reads it.
package report

import (
	"cmp"
	"fmt"
	"strings"

	"replant/migrate/proof"
)

// Report is what a run has to tell beside its plan. It is not for concurrent use.
type Report struct {
	// Troubles are what needs the author, in the order they came up.
	Troubles []Trouble
	// Conflicts are what the author has to settle, where both versions come from one.
	Conflicts []Conflict
	// Shrunk are the pages that stay because their sources have less now, where that is news.
	Shrunk []string
	// Losses are what pages do not show as their posts do, and what was so and is mended.
	Losses []Loss
	// Proof counts the posts whose pages were made, and what they lost.
	Proof proof.Total
	// Removed counts what was left out of the sources of those posts on purpose, by reason.
	Removed map[string]int
	// Links counts the links of those pages to other posts of the site.
	Links Links
	// OtherDays counts the new posts whose addresses carry other days than their dates in UTC.
	OtherDays int
	// Warnings are worth a line of their own, once, but need nothing done.
	Warnings []string
	// Notes say what is worth knowing under -v.
	Notes []string
	// Hints are the next steps for the author, where nothing is wrong.
	Hints []string
}

// Links counts links between posts: those that lead to pages of the site, and those to posts
// that have none.
type Links struct{ Between, Open int }

func (l Links) String() string {
	if l.Between+l.Open == 0 {
		return ""
	}
	text := fmt.Sprintf("%d links between posts", l.Between)
	switch {
	case l.Between == 1:
		text = "1 link between posts"
	case l.Between == 0 && l.Open == 1:
		return "1 link to a post that is not here"
	case l.Between == 0:
		return fmt.Sprintf("%d links to posts that are not here", l.Open)
	}
	switch l.Open {
	case 0:
		return text
	case 1:
		return text + ", 1 to a post that is not here"
	}
	return fmt.Sprintf("%s, %d to posts that are not here", text, l.Open)
}

// Conflict is a page that its author and its source have both changed, as paths in the
// site: what lies there, what both were made from (empty where that is gone), and what the
// source has now.
type Conflict struct{ Page, Base, Incoming string }

// Trouble is something that the author should know of.
type Trouble struct {
	Page string // the page it is about; empty when it is about the feed
	Text string // subject, trouble, cause
	Err  error  // the cause, where a caller may act on it; else nil
	File bool   // it is about a picture or a recording, which the proof counts too
}

// Loss is something that a page does not show as its post does, where that is news.
type Loss struct {
	Page string `json:"page"`
	// Way is lost, changed, moved or added, or one of the constants of this package.
	Way  string `json:"way"`
	Text string `json:"text"` // such as "1 embed: https://…"
}

// The ways of a [Loss] beside those of the proof.
const (
	Mended  = "mended"  // the page shows again what it had lost
	Edited  = "edited"  // found by a check: the author's doing
	Missing = "missing" // found by a check: the site has no page of the post
	Behind  = "behind"  // found by a check: the post has changed since its page was made
)

// Note adds what is worth knowing under -v.
func (r *Report) Note(format string, a ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, a...))
}

// Warn adds what is worth a line of its own, once.
func (r *Report) Warn(format string, a ...any) {
	r.Warnings = append(r.Warnings, fmt.Sprintf(format, a...))
}

// Hint adds a next step.
func (r *Report) Hint(format string, a ...any) {
	r.Hints = append(r.Hints, fmt.Sprintf(format, a...))
}

// Trouble adds what needs the author. The page may be empty.
func (r *Report) Trouble(page, format string, a ...any) {
	r.Troubles = append(r.Troubles, Trouble{Page: page, Text: fmt.Sprintf(format, a...)})
}

// Lack adds that a page lacks a picture or a recording.
func (r *Report) Lack(page, format string, a ...any) {
	r.Troubles = append(r.Troubles, Trouble{Page: page, Text: fmt.Sprintf(format, a...), File: true})
}

// Fail adds a trouble with its cause, on which a caller may act.
func (r *Report) Fail(err error) {
	r.Troubles = append(r.Troubles, Trouble{Text: err.Error(), Err: err})
}

// Lose adds what a page does not show as its post does. The way may stand before the text.
func (r *Report) Lose(page, way, text string) {
	r.Losses = append(r.Losses, Loss{Page: page, Way: way, Text: strings.TrimPrefix(text, way+" ")})
}

// Remove counts what was left out of a source on purpose, by reason.
func (r *Report) Remove(counts map[string]int) {
	if r.Removed == nil {
		r.Removed = map[string]int{}
	}
	for why, n := range counts {
		r.Removed[why] += n
	}
}

// FeedError says what is the matter with a feed.
type FeedError struct {
	Address string
	Name    string // as messages have it; empty for the address
	Err     error
	Next    string // the next step to try; may be empty
}

func (e *FeedError) Error() string { return fmt.Sprintf("%s: %v", cmp.Or(e.Name, e.Address), e.Err) }
func (e *FeedError) Unwrap() error { return e.Err }

// Hint returns the next step to try; it may be empty.
func (e *FeedError) Hint() string { return e.Next }
