package migrate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// lack counts the taxonomies of a post that the site does not declare.
func (r *run) lack(j *job) {
	for _, name := range r.site.Undeclared(*j.post) {
		r.lacking[name]++
	}
}

// advise tells the author which taxonomies the site should declare: before it has a
// configuration as a hint, and where its configuration keeps terms of posts out of
// their pages as a trouble, once for each taxonomy.
func (r *run) advise() {
	config := r.site.Configuration()
	if config == "" {
		if len(r.lacking) > 0 && !r.memory.file.Exists() {
			r.out.Hints = append(r.out.Hints, "config.toml, once you make it, has to declare: taxonomies = ["+
				declarations(slices.Sorted(maps.Keys(r.lacking)))+"]")
		}
		return
	}
	var news []string
	for _, name := range slices.Sorted(maps.Keys(r.lacking)) {
		if told := "taxonomy " + name; !slices.Contains(r.memory.Told, told) {
			r.memory.Told = append(r.memory.Told, told)
			r.trouble("", "%s: declares no taxonomy %q, so posts go without theirs: %d", config, name, r.lacking[name])
			news = append(news, name)
		}
	}
	if len(news) > 0 {
		r.out.Hints = append(r.out.Hints, fmt.Sprintf("add %s to taxonomies in %s, then run with --refresh", declarations(news), config))
	}
}

// dismiss tells the author once of each feed that is not read any more.
func (r *run) dismiss() {
	for _, addr := range r.Gone {
		if told := goneMark + addr; !slices.Contains(r.memory.Told, told) {
			r.memory.Told = append(r.memory.Told, told)
			r.out.Warnings = append(r.out.Warnings, addr+": not in replant.yaml, so it is not read any more; its pages stay")
		}
	}
	for _, f := range r.Feeds {
		r.memory.Told = slices.DeleteFunc(r.memory.Told, func(told string) bool { return told == goneMark+f.Address })
	}
}

// declarations gives taxonomies as Zola's configuration lists them.
func declarations(names []string) string {
	all := make([]string, 0, len(names))
	for _, name := range names {
		all = append(all, fmt.Sprintf("{ name = %q }", name))
	}
	return strings.Join(all, ", ")
}
