package blog

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode"
)

// The names that posts have, by what stands before the colon:
//
//	url:HOST/PATH     where it is read, without scheme, www. and what trackers add
//	guid:…            as the feed gives it; an address in the form of above
//	dated:TIME/TITLE  when it was published, and a digest of what it is called
//	titled:URL/TITLE  digests of its address and its title, where it has no date
//	hash:…            a digest of all that it says, where it has neither address nor guid
//	slug:…            the last part of its address, where its host may not be known
//	forem:… and such  a platform's own key
//
// A post that moves with its whole blog to another host or platform keeps its date and
// its title, whatever becomes of its address and guid.

// dateForm is RFC 3339 without its marks.
const dateForm = "20060102T150405Z"

// Dated names a post by when it was published and what it is called.
func Dated(published time.Time, title string) ID {
	return ID("dated:" + published.UTC().Format(dateForm) + "/" + digest(title))
}

// Titled names a post by its address, which many may have, and what it is called.
func Titled(address, title string) ID {
	return ID("titled:" + digest(address) + "/" + digest(title))
}

// Said takes a name apart that says what a post is called: a digest of the title, and
// when it was published, zero where the name does not say. ok is false for other names.
func (id ID) Said() (published time.Time, title string, ok bool) {
	kind, value, _ := strings.Cut(string(id), ":")
	when, title, cut := strings.Cut(value, "/")
	if !cut || kind != "dated" && kind != "titled" {
		return time.Time{}, "", false
	}
	if kind == "dated" {
		var err error
		if published, err = time.Parse(dateForm, when); err != nil {
			return time.Time{}, "", false
		}
	}
	return published, title, true
}

// digest is the same for texts that differ in case and punctuation alone.
func digest(text string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	if letters == "" {
		letters = text
	}
	sum := sha256.Sum256([]byte(letters))
	return hex.EncodeToString(sum[:4])
}
