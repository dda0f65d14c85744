package main

import (
	"encoding/json"
	"io"

	"replant/migrate"
)

// The lines of --json. Each has a type: a line for each change, a line for each
// trouble, and a last one of totals, which is there even when nothing changed.
type (
	changeLine struct {
		Type    string `json:"type"` // "change"
		Verdict string `json:"verdict"`
		Path    string `json:"path"` // in the site, with slashes
		Why     string `json:"why"`
		Bytes   int64  `json:"bytes"` // after the change; 0 for a file that goes
	}
	troubleLine struct {
		Type string `json:"type"` // "trouble"
		Page string `json:"page,omitempty"`
		Text string `json:"text"`
	}
	totalLine struct {
		Type      string         `json:"type"` // "total"
		DryRun    bool           `json:"dryRun"`
		Verdicts  map[string]int `json:"verdicts"`  // files, by verdict
		Unchanged int            `json:"unchanged"` // posts
		Troubles  int            `json:"troubles"`
	}
)

func writeJSON(w io.Writer, out *migrate.Outcome, dryRun bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	total := totalLine{Type: "total", DryRun: dryRun, Verdicts: map[string]int{}, Unchanged: out.Plan.Kept}
	for c := range out.Plan.Shown() {
		line := changeLine{"change", string(c.Verdict), c.Path, c.Why, c.After.Size()}
		if err := enc.Encode(line); err != nil {
			return err
		}
		total.Verdicts[line.Verdict]++
	}
	for _, t := range out.Troubles {
		if err := enc.Encode(troubleLine{"trouble", t.Page, t.Text}); err != nil {
			return err
		}
	}
	for _, f := range out.Failed {
		if err := enc.Encode(troubleLine{"trouble", "", f.Error()}); err != nil {
			return err
		}
	}
	total.Troubles = len(out.Troubles) + len(out.Failed)
	return enc.Encode(total)
}
