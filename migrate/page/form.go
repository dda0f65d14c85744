package page

import (
	"bytes"

	"replant/migrate/memory"
	"replant/migrate/merge"
)

// inFormOf returns the body of a page whose author has edited it in the form of the page as it
// was written last: see [merge.InForm]. Else the edit would meet what only this version of
// replant spells in another way.
func (made *Made) inFormOf(m *memory.Memory, c *converter, body []byte) []byte {
	if made.Old == nil || made.Old.Page == "" || !made.Disk.Exists() || made.Disk.Hash() == made.Old.Page {
		return body
	}
	base, err := m.Of(made.Entry, memory.BaseDir)
	if err != nil || !base.Exists() {
		return body
	}
	_, last, err := memory.Parse(base)
	if err != nil || bytes.Equal(last, body) {
		return body
	}
	return merge.InForm(last, body, c.prover.Alike)
}
