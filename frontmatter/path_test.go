package frontmatter_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"replant/frontmatter"
)

func paths(text string) (all []frontmatter.Renaming) {
	for pair := range strings.FieldsSeq(text) {
		from, to, _ := strings.Cut(pair, "=")
		all = append(all, frontmatter.Renaming{From: strings.Split(from, "."), To: strings.Split(to, ".")})
	}
	return all
}

func parsed(t *testing.T, text string) frontmatter.Matter {
	t.Helper()
	m, _, err := frontmatter.Parse([]byte("---\n" + text + "\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRenamed(t *testing.T) {
	t.Parallel()
	const page = "a: 1\nb: 2\np:\n  c: 3\n  d: 4\nq:\n  e: 5"
	for _, c := range []struct{ renamings, want string }{
		{"a=x", "x: 1\nb: 2\np:\n  c: 3\n  d: 4\nq:\n  e: 5"},
		{"A=A", "A: 1\nb: 2\np:\n  c: 3\n  d: 4\nq:\n  e: 5"},
		{"a=b b=a", "b: 1\na: 2\np:\n  c: 3\n  d: 4\nq:\n  e: 5"},
		{"a=b", "b: 1\np:\n  c: 3\n  d: 4\nq:\n  e: 5"},
		{"p.c=p.x", "a: 1\nb: 2\np:\n  x: 3\n  d: 4\nq:\n  e: 5"},
		{"p.c=c q.e=p.e", "a: 1\nb: 2\nc: 3\np:\n  d: 4\n  e: 5"},
		{"a=p.c p.c=a", "b: 2\na: 3\np:\n  d: 4\n  c: 1\nq:\n  e: 5"},
		{"q=r", "a: 1\nb: 2\np:\n  c: 3\n  d: 4\nr:\n  e: 5"},
		{"nothing=x p.nothing=y a.b=z", page},
	} {
		before := parsed(t, page)
		if got, want := before.Renamed(paths(c.renamings)), parsed(t, c.want); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, not %v", c.renamings, got, want)
		}
		if !reflect.DeepEqual(before, parsed(t, page)) {
			t.Errorf("%s: changed the fields that it was given", c.renamings)
		}
	}
}

func TestPutAndWithout(t *testing.T) {
	t.Parallel()
	m := parsed(t, "a: 1\np:\n  c: 3")
	for _, path := range [][]string{{"P", "C"}, {"p", "d"}, {"x", "y", "z"}, {"a"}} {
		with := m.Put(path, true)
		if v, ok := with.At(path); !ok || v != true {
			t.Errorf("%v: %v", path, with)
		}
		if _, ok := with.Without(path).At(path); ok {
			t.Errorf("%v: stays in %v", path, with.Without(path))
		}
	}
	if got := m.Without([]string{"p", "c"}); !reflect.DeepEqual(got, parsed(t, "a: 1")) {
		t.Errorf("an empty table stays: %v", got)
	}
	if got := m.Without([]string{"p", "x"}); !reflect.DeepEqual(got, m) {
		t.Errorf("nothing was to go: %v", got)
	}
}

// Whatever is renamed, a field that no renaming names stays as it is, unless a table takes its
// place or that of its table, and the fields can be written.
func FuzzRenamed(f *testing.F) {
	f.Add("a: 1\nb: 2\np:\n  c: 3\n", "a=b b=a p.c=x")
	f.Add("a:\n  b:\n    c: 1\n", "a.b.c=a a=b.c")
	f.Add("p: 1\n", "p=p.q p.q=p")
	f.Fuzz(func(t *testing.T, text, renamings string) {
		m, _, err := frontmatter.Parse([]byte("---\n" + text + "\n---\n"))
		if err != nil || m == nil {
			return
		}
		all := paths(renamings)
		after := m.Renamed(all)
		if _, err := m.YAML(); err == nil {
			if _, err := after.YAML(); err != nil && !strings.Contains(err.Error(), "stands twice") {
				t.Errorf("%v after %q: %v", m, renamings, err)
			}
		}
		for _, field := range m {
			named := func(path []string) bool { return strings.EqualFold(path[0], field.Key) }
			if value, ok := after.At([]string{field.Key}); !slices.ContainsFunc(all, func(r frontmatter.Renaming) bool { return named(r.From) || named(r.To) }) &&
				(!ok || !reflect.DeepEqual(value, field.Value)) && sameKeys(m, field.Key) == 1 {
				t.Errorf("%q of %v became %v by %q", field.Key, m, value, renamings)
			}
		}
	})
}

// sameKeys counts the fields whose keys differ from one in case alone.
func sameKeys(m frontmatter.Matter, key string) (n int) {
	for _, f := range m {
		if strings.EqualFold(f.Key, key) {
			n++
		}
	}
	return n
}
