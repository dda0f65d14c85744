package proof

import (
	"regexp"
	"slices"
	"testing"
)

// FuzzShortcodes finds the shortcodes of WordPress as a regular expression does.
func FuzzShortcodes(f *testing.F) {
	expression := regexp.MustCompile(`\[/?[a-z][\w-]*(?:\s[^\[\]]*(?:=|://)[^\[\]]*)?/?\]|\[[a-z]+_\w+(?:\s[^\[\]]*)?\]`)
	f.Add(`[gallery ids="1,2"]a[/gallery][a] [1] [Note] [x y] [x y=z/] [embed https://x.example/]`)
	f.Add("[et_pb_row a][/et_pb_row b][_x y][x_ y][x-y_z a][x_y-z a][aB_c d][ab1_c d]")
	f.Add("[[a]] [a[b]c] [a\nb=c] [a\u00a0=b] [a=b] [é] [ab/] [/ab/] [a//] [")
	f.Fuzz(func(t *testing.T, text string) {
		got, want := shortcodes(text), expression.FindAllStringIndex(text, -1)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%v in %q, want %v", got, text, want)
		}
	})
}

// FuzzWithout takes away texts that a source begins with: no word is lost by that.
func FuzzWithout(f *testing.F) {
	f.Add("One two.\n\nThree, four", "One two.", " Three")
	f.Add("won\u00adder\u200bful— yes", "won", "der")
	f.Add("a\u0085b \u0085c", "a", "\u0085c")
	f.Fuzz(func(t *testing.T, source, one, two string) {
		var tree, texts words
		for _, s := range []string{one, two} {
			tree.keep(s)
			texts.keep(s)
		}
		left := tree.without(source)
		var got, want, gone words
		addWords(&want, source)
		for _, s := range texts.rest[:len(texts.rest)-len(tree.rest)] {
			addWords(&gone, s)
		}
		addWords(&got, left)
		all := append(listed(&gone), listed(&got)...)
		if !slices.Equal(all, listed(&want)) {
			t.Errorf("%q without %q: %q, want %q", source, texts.rest, all, listed(&want))
		}
	})
}

// listed returns words.
func listed(w *words) (all []string) {
	for i := range w.spans {
		all = append(all, string(w.word(i)))
	}
	return all
}
