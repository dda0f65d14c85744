package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// fill puts something, or nothing, into every field of a value.
func fill(v reflect.Value, r *rand.Rand) {
	if r.IntN(3) == 0 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString([]string{"", "plain", `a "quoted" \ one`, "größer <b> & \u2028", "line\nand\ttab", "\xff broken", "https://a.example/?a=1&b=2", "\x7f"}[r.IntN(8)])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32:
		v.SetInt(int64(r.IntN(2000) - 1000))
	case reflect.Uint64:
		v.SetUint(r.Uint64())
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), r)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
		for i := range v.Len() {
			fill(v.Index(i), r)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), r)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), r)
			}
		}
	default:
		panic(v.Kind())
	}
}

// Entries are written just as encoding/json writes them, whatever is in them.
func TestEntriesAreWrittenAsJSON(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 3000 {
		all := make([]*Entry, r.IntN(4))
		for i := range all {
			all[i] = &Entry{}
			fill(reflect.ValueOf(all[i]).Elem(), r)
		}
		var want, got bytes.Buffer
		w, g := bufio.NewWriter(&want), bufio.NewWriter(&got)
		list(w, all)
		listPosts(g, all)
		if err := errors.Join(w.Flush(), g.Flush()); err != nil {
			t.Fatal(err)
		}
		if want.String() != got.String() {
			t.Fatalf("%d: wrote\n%s\nwant\n%s", n, got.String(), want.String())
		}
	}
}

// A ledger's head is what the whole ledger has before its posts; where it cannot be told, there
// is none.
func TestReadHead(t *testing.T) {
	t.Parallel()
	l := &Ledger{Told: []string{"a"}, Feeds: []*Feed{{Address: "https://a.example/feed", Pages: All}}}
	l.Add(&Entry{Path: "a.md"})
	var b bytes.Buffer
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	whole := b.String()
	head, err := ReadHead(strings.NewReader(whole))
	if err != nil || fmt.Sprint(*head.Feeds[0]) != fmt.Sprint(*l.Feeds[0]) || len(head.Told) != 1 || head.Posts != nil {
		t.Errorf("%+v, %v", head, err)
	}
	for _, text := range []string{
		"", "{", whole[:20], strings.Replace(whole, `"version": 1`, `"version": 2`, 1), `{"version": 1, "posts": [], "feeds": []}`, `{"posts": [], "version": 1}`,
	} {
		if head, err := ReadHead(strings.NewReader(text)); err == nil {
			t.Errorf("%q has the head %+v", text, head)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	l := &Ledger{}
	for i := range 10_000 {
		l.Add(&Entry{Names: []string{fmt.Sprint("url:a.example/", i), "guid:x"}, Path: fmt.Sprint(i, ".md"), From: "f", Page: "p", Text: [2]uint64{1, 2}})
	}
	for b.Loop() {
		var out bytes.Buffer
		if err := l.Write(&out); err != nil {
			b.Fatal(err)
		}
	}
}
