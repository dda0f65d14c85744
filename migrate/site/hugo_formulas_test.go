package site

import (
	"testing"
	"testing/fstest"

	"replant/migrate/dom"
)

func TestDelimitersOfFormulas(t *testing.T) {
	t.Parallel()
	brackets := dom.Delimiters{Inline: [2]string{`\(`, `\)`}, Block: [2]string{`\[`, `\]`}}
	for config, want := range map[string]dom.Delimiters{
		"[markup.goldmark.extensions.passthrough]\nenable = true\n[markup.goldmark.extensions.passthrough.delimiters]\nblock = [['\\[', '\\]'], ['$$', '$$']]\ninline = [['\\(', '\\)']]": brackets,
		"[markup.goldmark.extensions.passthrough]\nenable = false\ndelimiters = {block = [['\\[', '\\]']], inline = [['\\(', '\\)']]}":                                                    {},
		"[markup.goldmark.extensions.passthrough]\nenable = true\ndelimiters = {inline = [['$'], 5, ['', ''], ['\\(', '\\)']]}":                                                           {Inline: brackets.Inline},
		"[markup.goldmark.extensions.passthrough]\nenable = true":                                                                                                                         {},
	} {
		s, err := Find(fstest.MapFS{"hugo.toml": {Data: []byte(config)}}, "")
		if err != nil || s.Markup().Formulas() != want {
			t.Errorf("%s: %v, %v", config, s.Markup().Formulas(), err)
		}
	}
}
