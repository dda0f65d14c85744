package memory

import "strings"

// What the ledger was told of is text; these are the kinds that a run reads back.
const (
	goneMark            = "gone "
	itemMark, itemColon = "item of ", ": "
)

// Gone is what the ledger remembers of a feed whose author has been told that it is not read
// any more.
func Gone(feed string) string { return goneMark + feed }

// ItemOf begins what the ledger remembers of an item that could not be read.
func ItemOf(feed string) string { return itemMark + feed + itemColon }

// LostItem takes apart what [ItemOf] begins. The address of a feed has no colon with a space
// behind it.
func LostItem(told string) (feed, text string, ok bool) {
	told, ok = strings.CutPrefix(told, itemMark)
	if !ok {
		return "", "", false
	}
	feed, text, ok = strings.Cut(told, itemColon)
	return feed, text, ok
}
