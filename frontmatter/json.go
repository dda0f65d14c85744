package frontmatter

import (
	"bytes"
	"encoding/json"
)

func readJSON(raw []byte) (Matter, error) {
	// A whole decoding first: it bounds the depth and words the errors.
	var whole map[string]any
	if err := json.Unmarshal(raw, &whole); err != nil {
		return nil, err
	}
	r := jsonReader{json.NewDecoder(bytes.NewReader(raw))}
	r.UseNumber()
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	m, ok := v.(Matter)
	if !ok {
		return nil, errNoMapping
	}
	return m, nil
}

// jsonReader reads valid JSON by its tokens, which come in order.
type jsonReader struct{ *json.Decoder }

func (r jsonReader) value() (any, error) {
	t, err := r.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return r.object()
		}
		return r.array()
	case json.Number:
		if n, err := t.Int64(); err == nil {
			return int(n), nil
		}
		return t.Float64()
	}
	return t, nil
}

func (r jsonReader) object() (any, error) {
	var b builder
	for r.More() {
		key, err := r.value()
		if err != nil {
			return nil, err
		}
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		if err := b.add(key.(string), v); err != nil {
			return nil, err
		}
	}
	_, err := r.Token()
	return b.matter(), err
}

func (r jsonReader) array() (any, error) {
	list := []any{}
	for r.More() {
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := r.Token()
	return narrow(list), err
}
