// Package frontmatter reads and writes the fields in front of a page, in their order.
//
// Writing keeps to the few forms of YAML that Hugo and Zola read alike: start at
// [Matter.YAML]. Reading takes what people have in their sites, YAML, TOML and JSON:
// start at [Parse].
package frontmatter

// Field is one key and its value.
//
// What is written is a string, bool, int, [time.Time], []string or [Matter]. Reading a
// page of foreign make also gives nil, int64, uint64, float64 and []any.
type Field struct {
	Key   string
	Value any
}

// Matter is the fields of a page, in order. No key stands in it twice.
type Matter []Field

// Get gives the value of a key, and whether the key is there. Letter case counts.
func (m Matter) Get(key string) (value any, ok bool) {
	for _, f := range m {
		if f.Key == key {
			return f.Value, true
		}
	}
	return nil, false
}
