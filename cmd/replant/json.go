package main

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"

	"replant/migrate"
)

// jsonVersion is that of the lines of --json. It grows when a field changes its meaning or
// goes; new types and fields may come at any time. They are described in docs/json.md.
const jsonVersion = 1

// The lines of --json. Each has a type; the last one is of totals, and there even when
// nothing changed.
type (
	changeLine struct {
		Type    string `json:"type"` // "change"
		Verdict string `json:"verdict"`
		Path    string `json:"path"` // in the site, with slashes
		Why     string `json:"why"`
		Bytes   int64  `json:"bytes"` // after the change; 0 for a file that goes
	}
	textLine struct {
		Type  string `json:"type"`            // "trouble", "loss", "failed", "lasting" or "notice"
		Kind  string `json:"kind,omitempty"`  // of what lasts: feed, item, post, conflict or picture
		Feed  string `json:"feed,omitempty"`  // the address of a feed that failed
		Page  string `json:"page,omitempty"`  // the page that it is about
		Way   string `json:"way,omitempty"`   // of a loss: lost, changed, moved, added or mended
		Since string `json:"since,omitempty"` // the day on which a feed began to fail
		Text  string `json:"text"`
		Hint  string `json:"hint,omitempty"` // a next step
	}
	removedLine struct {
		Type  string `json:"type"` // "removed"
		Why   string `json:"why"`
		Count int    `json:"count"` // parts of sources that were left out for that reason
	}
	totalLine struct {
		Type      string         `json:"type"` // "total"
		Version   int            `json:"version"`
		DryRun    bool           `json:"dryRun"`
		Verdicts  map[string]int `json:"verdicts"`  // files, by verdict
		Unchanged int            `json:"unchanged"` // posts that were looked at
		Troubles  int            `json:"troubles"`
		Failed    int            `json:"failed"`              // feeds
		Lasting   int            `json:"lasting,omitempty"`   // what was reported before and has not ended
		Proved    int            `json:"proved"`              // posts whose pages were made and compared
		Short     int            `json:"short"`               // those of them that do not show all
		Proof     string         `json:"proof"`               // the same in words
		Links     int            `json:"links,omitempty"`     // between posts, in the pages that were made
		Elsewhere int            `json:"elsewhere,omitempty"` // links of theirs to posts that are not here
		Exit      int            `json:"exit"`                // the exit code
	}
)

func (o *options) writeJSON(w io.Writer, out *migrate.Outcome) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for c := range out.Plan.Shown() {
		line := changeLine{"change", string(c.Verdict), c.Path, c.Why, c.After.Size()}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	for _, line := range append(textLines(out), lastingLines(o.site, out.Lasting)...) {
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	for _, why := range slices.Sorted(maps.Keys(out.Removed)) {
		if err := enc.Encode(removedLine{"removed", why, out.Removed[why]}); err != nil {
			return err
		}
	}
	total := totalLine{
		Type: "total", Version: jsonVersion, DryRun: o.dryRun, Verdicts: map[string]int{}, Unchanged: out.Plan.Kept,
		Troubles: len(out.Troubles), Failed: len(out.Failed), Lasting: len(out.Lasting), Exit: o.code(out),
		Proved: out.Proof.Posts, Short: out.Proof.Short, Proof: closing(out),
		Links: out.Links.Between, Elsewhere: out.Links.Open,
	}
	for v, n := range out.Plan.Count() {
		total.Verdicts[string(v)] = n
	}
	return enc.Encode(total)
}

// textLines returns the messages beside the changes, the most important first.
func textLines(out *migrate.Outcome) (lines []textLine) {
	for _, err := range out.Failed {
		line := textLine{Type: "failed", Text: err.Error(), Hint: hintOf(err)}
		var feed *migrate.FeedError
		if errors.As(err, &feed) {
			line.Feed = feed.Address
		}
		lines = append(lines, line)
	}
	for _, t := range out.Troubles {
		lines = append(lines, textLine{Type: "trouble", Page: t.Page, Text: t.Text, Hint: hintOf(t.Err)})
	}
	for _, l := range out.Losses {
		lines = append(lines, textLine{Type: "loss", Page: l.Page, Way: l.Way, Text: l.Text})
	}
	for _, text := range out.Ended {
		lines = append(lines, textLine{Type: "notice", Text: text})
	}
	for _, text := range out.Warnings {
		lines = append(lines, textLine{Type: "notice", Text: text})
	}
	for _, hint := range out.Hints {
		lines = append(lines, textLine{Type: "notice", Hint: hint})
	}
	return lines
}

// lastingLines returns what was reported before and has not ended.
func lastingLines(site string, all []migrate.Lasting) (lines []textLine) {
	for _, l := range all {
		lines = append(lines, textLine{Type: "lasting", Kind: l.Kind, Feed: l.Feed, Page: l.Page, Since: l.Since, Text: l.Text, Hint: nextStep(site, l)})
	}
	return lines
}
