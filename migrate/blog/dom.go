package blog

import "replant/migrate/dom"

// The neutral DOM under the names that it had here before it got a package of its own.
type (
	Embed = dom.Embed
	Math  = dom.Math
)

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
