package source

import (
	"fmt"

	"replant/migrate/feedscan"
)

// damage says in how many places the bytes of an item are no characters.
func damage(e *feedscan.Entry) []string {
	switch e.Damaged {
	case 0:
		return nil
	case 1:
		return []string{"bytes that are no characters, in 1 place"}
	}
	return []string{fmt.Sprintf("bytes that are no characters, in %d places", e.Damaged)}
}
