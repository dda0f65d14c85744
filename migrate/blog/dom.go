package blog

import "replant/migrate/dom"

// Those who have not moved to package dom yet find the neutral DOM here under its former
// names.
type (
	// Embed is [dom.Embed].
	Embed = dom.Embed
	// Math is [dom.Math].
	Math = dom.Math
)

// The functions of package dom.
var (
	Own       = dom.Own
	EmbedOf   = dom.EmbedOf
	MathOf    = dom.MathOf
	Note      = dom.Note
	NoteOf    = dom.NoteOf
	NoteRef   = dom.NoteRef
	NoteRefOf = dom.NoteRefOf
	IsMore    = dom.IsMore
	More      = dom.More
	Attr      = dom.Attr
	SetAttr   = dom.SetAttr
	DelAttr   = dom.DelAttr
	HasClass  = dom.HasClass
	Text      = dom.Text
	Words     = dom.Words
	Remove    = dom.Detach
	Replace   = dom.Replace
)
