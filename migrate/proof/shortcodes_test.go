package proof

import (
	"regexp"
	"slices"
	"testing"
)

// FuzzParameters reads the parameters of shortcodes as a regular expression does.
func FuzzParameters(f *testing.F) {
	named := regexp.MustCompile("(\\w+)=(?:\"([^\"]*)\"|`([^`]*)`)")
	f.Add(`src="a.png" alt="" caption="One = two" src="b.png"`)
	f.Add("src=`a \"b\"` =\"x\" a=b=\"c\" é_1=\"d\" title=\"no end")
	f.Add("a=\"\"b=`\n`c=\"`\"")
	f.Fuzz(func(t *testing.T, given string) {
		want := map[string]string{}
		var all parameters
		for _, m := range named.FindAllStringSubmatch(given, -1) {
			want[m[1]] = m[2] + m[3]
			all = append(all, parameter{m[1], m[2] + m[3]})
		}
		got := parametersOf(given)
		if !slices.Equal(got, all) {
			t.Fatalf("%q of %q, want %q", got, given, all)
		}
		for name, value := range want {
			if got.value(name) != value {
				t.Errorf("%s is %q in %q, want %q", name, got.value(name), given, value)
			}
		}
	})
}
