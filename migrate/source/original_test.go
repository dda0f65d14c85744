package source

import (
	"regexp"
	"strings"
	"testing"
)

// Hosts mean what the expression (?:^|\.)(?:…)$ means.
func FuzzHosts(f *testing.F) {
	list := hosts{"media.dev.to", "media#.dev.to", "i0.wp.com", "ggpht.com", "cdn-images-#.medium.com"}
	as := regexp.MustCompile(`^(?:[\x00-\x7F]*\.)?(?:` + strings.NewReplacer(".", `\.`, "#", `[0-9]`).Replace(strings.Join(list, "|")) + `)$`)
	for _, name := range []string{"media.dev.to", "MEDIA2.Dev.to", "media22.dev.to", "amedia.dev.to", "x.media3.dev.to", "lh3.ggpht.com", "ggpht.com.evil", "", ".", ".ggpht.com", "cdn-images-1.medium.com", "cdn-images-x.medium.com"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if strings.ToValidUTF8(name, "") != name || strings.ContainsFunc(name, func(r rune) bool { return r > 0x7F }) {
			t.Skip("not a host's name")
		}
		if got, want := list.have(name), as.MatchString(strings.ToLower(name)); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	})
}
