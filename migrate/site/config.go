package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"
)

// table is a part of a configuration. Keys are in lower case, as Hugo reads them.
type table map[string]any

// readTable reads a configuration file of the kind that its ending names.
func readTable(fsys fs.FS, name string) (table, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	var raw map[string]any
	switch path.Ext(name) {
	case ".toml":
		err = toml.Unmarshal(b, &raw)
	case ".json":
		err = json.Unmarshal(b, &raw)
	default:
		err = yaml.Unmarshal(b, &raw)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return lower(raw), nil
}

// cause removes the path from an error whose message names the path already.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// lower returns a table whose keys, and those of all tables in it, are in lower case.
func lower(raw map[string]any) table {
	t := make(table, len(raw))
	for k, v := range raw {
		if sub, ok := v.(map[string]any); ok {
			v = lower(sub)
		}
		t[strings.ToLower(k)] = v
	}
	return t
}

// merge puts what over says into t, tables into tables.
func (t table) merge(over table) {
	for k, v := range over {
		if sub, ok := v.(table); ok && len(t.table(k)) > 0 {
			t.table(k).merge(sub)
			continue
		}
		t[k] = v
	}
}

// table returns the table under a key, or nil when there is none.
func (t table) table(key string) table {
	sub, _ := t[key].(table)
	return sub
}

// text returns the text under a key, or the first of a list of texts, or "" when there is none.
func (t table) text(key string) string {
	if all := t.texts(key); len(all) > 0 {
		return all[0]
	}
	return ""
}

// texts returns the list of texts under a key, or the one text.
func (t table) texts(key string) (all []string) {
	switch v := t[key].(type) {
	case string:
		if v != "" {
			all = []string{v}
		}
	case []any:
		for _, item := range v {
			s, _ := item.(string)
			all = append(all, s)
		}
	}
	return all
}

// tables returns the list of tables under a key.
func (t table) tables(key string) (all []table) {
	switch v := t[key].(type) {
	case []map[string]any: // TOML's [[key]]
		for _, raw := range v {
			all = append(all, lower(raw))
		}
	case []any:
		for _, item := range v {
			if raw, ok := item.(map[string]any); ok {
				all = append(all, lower(raw))
			}
		}
	}
	return all
}

// inside cleans the path of a folder and refuses one that is not inside the site.
func inside(dir string) (string, error) {
	dir = path.Clean(strings.ReplaceAll(dir, `\`, "/"))
	if !fs.ValidPath(dir) || strings.Contains(strings.SplitN(dir, "/", 2)[0], ":") {
		return "", fmt.Errorf("%q lies outside the site", dir)
	}
	return dir, nil
}

// basePath returns the path of a site's address, with a slash at both ends. It is not
// known of an address without a host or a path.
func basePath(addr string) (base string, known bool) {
	u, err := url.Parse(strings.TrimSpace(addr))
	if err != nil || u.Host == "" && !strings.HasPrefix(u.Path, "/") {
		return "/", false
	}
	base = path.Join("/", u.EscapedPath())
	if base != "/" {
		base += "/"
	}
	return base, true
}

// exists reports whether a file is there. One that cannot be looked at is.
func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return !errors.Is(err, fs.ErrNotExist)
}
