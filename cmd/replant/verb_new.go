package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/afero"
	"github.com/spf13/cobra"

	"replant/migrate"
	"replant/migrate/site"
	"replant/migrate/tree"
)

const newHelp = `Make a small site that builds: a configuration, layouts and a stylesheet, all yours to change.
With --theme there is the configuration alone, and the command that fetches the theme. Files
that are there already stay as they are; a folder that has a configuration is refused.`

// newOp is replant new SITE.
type newOp struct{ *options }

func newVerb(do func(op)) *cobra.Command {
	o := newOptions()
	cmd := &cobra.Command{
		Use: "new [flags] SITE", Short: "Make a small site that builds", Long: newHelp,
		Example: `  replant new blog && replant https://dev.to/feed/ben blog && hugo server --source blog
  replant new --theme PaperMod blog`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return usage("replant new SITE", "new: name one folder for the site")
			}
			o.site = args[0]
			if err := checkAll(settingsIn(&o.form)); err != nil {
				return err
			}
			do(newOp{o})
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "name the files and write none")
	for _, s := range settingsIn(&o.form) {
		if s.name == "target" || s.name == "theme" {
			s.define(cmd.Flags())
		}
	}
	return cmd
}

func (o newOp) run(_ context.Context, std streams) (int, error) {
	if err := checkSite(o.site); err != nil {
		return 0, err
	}
	if err := o.checkUnused(); err != nil {
		return 0, err
	}
	s, err := o.starter()
	if err != nil {
		return 0, err
	}
	files, err := s.files(titleOf(o.site))
	if err != nil {
		return 0, err
	}
	if err := o.write(files, std); err != nil {
		return 0, err
	}
	notice(std.log, "", s.next(o.site))
	return exitDone, nil
}

// checkUnused refuses a folder that is a site, or lies among the pages of one.
func (o newOp) checkUnused() error {
	if siteAt(o.site) != nil {
		return usage("replant FEED "+quoted(o.site)+" brings a blog into it", "%s: is a site already", o.site)
	}
	for _, name := range configNames {
		if _, err := os.Lstat(filepath.Join(o.site, name)); err == nil {
			return usage("replant FEED "+quoted(o.site)+" brings a blog into it", "%s: has a configuration already: %s", o.site, name)
		}
	}
	if above, where := siteAbove(o.site); where != nil && inContent(where, above, o.site) {
		return usage("the site is "+above, "%s: lies among the pages of a site", o.site)
	}
	return nil
}

// configNames are the files by which generators know their sites.
var configNames = []string{
	"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json", "config", "zola.toml",
}

// starter is a site to begin with.
type starter struct {
	target string
	theme  themeSource // empty for layouts of its own
}

// starterFiles are those of the sites, by target, and the stylesheet of both.
//
//go:embed all:starter
var starterFiles embed.FS

// starter returns the site that was asked for. A theme is for one generator.
func (o newOp) starter() (*starter, error) {
	s := &starter{target: o.form.Target}
	name := o.form.Theme
	if name == "" || name == migrate.Auto || name == site.NoTheme {
		if s.target == "" {
			s.target = o.remembered()
		}
		return s, nil
	}
	i := slices.IndexFunc(themeSources, func(t themeSource) bool { return strings.EqualFold(t.name, name) })
	if i < 0 {
		return nil, usage("replant new "+quoted(o.site)+", then as the theme's documents say", "--theme %s: replant does not know where it is", name)
	}
	s.theme = themeSources[i]
	if s.target != "" && s.target != s.theme.target {
		return nil, usage("--target "+s.theme.target, "--theme %s: is a theme for %s", s.theme.name, title(s.theme.target))
	}
	s.target = s.theme.target
	return s, nil
}

// remembered returns the generator that pages which are there already were written for, else
// Hugo.
func (o newOp) remembered() string {
	disk, folder, err := openSite(o.site)
	if err != nil {
		return site.Hugo().Name
	}
	defer folder.Close()
	if feeds, err := migrate.Remembered(disk); err == nil && len(feeds) > 0 && feeds[0].Target != "" {
		return feeds[0].Target
	}
	return site.Hugo().Name
}

// files returns the files of the site by their paths in it. A theme brings its own layouts.
func (s *starter) files(title string) (map[string][]byte, error) {
	files := map[string][]byte{}
	root := "starter/" + s.target
	err := fs.WalkDir(starterFiles, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := starterFiles.ReadFile(name)
		in := strings.TrimPrefix(name, root+"/")
		switch {
		case err != nil:
			return err
		case in == "gitignore":
			in = ".gitignore"
		case !strings.Contains(in, "/"): // the configuration
			text = s.configured(text, title)
		case s.theme.name != "":
			return nil
		}
		files[in] = text
		return nil
	})
	if err != nil || s.theme.name != "" {
		return files, err
	}
	files["static/style.css"], err = starterFiles.ReadFile("starter/style.css")
	return files, err
}

// configured completes a configuration: both are TOML, whose basic strings are quoted as Go's
// are. A line of the theme stands in front, since what follows a table belongs to it.
func (s *starter) configured(text []byte, title string) []byte {
	text = bytes.Replace(text, []byte(`"TITLE"`), []byte(strconv.Quote(title)), 1)
	if s.theme.name == "" {
		return text
	}
	return append([]byte("theme = "+strconv.Quote(s.theme.folder())+"\n"), text...)
}

// next returns the next step.
func (s *starter) next(dir string) string {
	feed := "replant FEED " + quoted(dir)
	if s.theme.name != "" {
		return fmt.Sprintf("git clone --depth 1 %s %s, then %s", s.theme.from, quoted(filepath.Join(dir, "themes", s.theme.folder())), feed)
	}
	if s.target == "zola" {
		return feed + ", then zola --root " + quoted(dir) + " serve"
	}
	return feed + ", then hugo server --source " + quoted(dir)
}

// write writes the files that are not there, and says so.
func (o newOp) write(files map[string][]byte, std streams) error {
	if !o.dryRun {
		if err := os.MkdirAll(o.site, 0o755); err != nil {
			return fmt.Errorf("%s: %w", o.site, cause(err))
		}
	}
	disk, folder, err := openSite(o.site)
	if err != nil {
		return err
	}
	defer folder.Close()
	done := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		what := "create"
		switch _, err := disk.Stat(name); {
		case err == nil:
			what = "keep"
		case !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%s: %s: %w", o.site, name, cause(err))
		case o.dryRun:
		default:
			if err := put(disk, name, files[name]); err != nil {
				return fmt.Errorf("%s: %s: %w", o.site, name, cause(err))
			}
		}
		done[what] = append(done[what], name)
	}
	for _, what := range slices.Sorted(maps.Keys(done)) {
		fmt.Fprintf(std.out, "%-6s  %s\n", what, inShort(done[what]))
	}
	return nil
}

// inShort lists files, those of a folder by their number where there are several.
func inShort(names []string) string {
	var all []string
	in := map[string]int{}
	for _, name := range names {
		folder, _, below := strings.Cut(name, "/")
		if in[folder]++; !below || in[folder] == 1 {
			all = append(all, name)
		}
	}
	for i, name := range all {
		if folder, _, below := strings.Cut(name, "/"); below && in[folder] > 1 {
			all[i] = fmt.Sprintf("%s/ (%d)", folder, in[folder])
		}
	}
	return strings.Join(all, ", ")
}

func put(disk afero.Fs, name string, text []byte) error {
	if err := disk.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	return tree.WriteFile(disk, ".", name, bytes.NewReader(text))
}

// titleOf makes a title of a folder's name: a site of its own is called by it.
func titleOf(dir string) string {
	full, err := filepath.Abs(dir)
	if err != nil {
		full = dir
	}
	name := strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(filepath.Base(full)))
	if name == "" || name == string(filepath.Separator) {
		return "My site"
	}
	return title(name)
}

// title returns a text with a capital at its beginning.
func title(text string) string {
	r := []rune(text)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// themeSource says where a theme is cloned from.
type themeSource struct{ name, target, from string }

// folder is the name of the theme's folder.
func (t themeSource) folder() string { return strings.TrimSuffix(path.Base(t.from), ".git") }

// themeSources are the repositories of the themes whose keys replant knows.
var themeSources = []themeSource{
	{"PaperMod", "hugo", "https://github.com/adityatelange/hugo-PaperMod"},
	{"Blowfish", "hugo", "https://github.com/nunocoracao/blowfish"},
	{"Congo", "hugo", "https://github.com/jpanther/congo"},
	{"Stack", "hugo", "https://github.com/CaiJimmy/hugo-theme-stack"},
	{"Ananke", "hugo", "https://github.com/theNewDynamic/gohugo-theme-ananke"},
	{"Docsy", "hugo", "https://github.com/google/docsy"},
	{"Hextra", "hugo", "https://github.com/imfing/hextra"},
	{"Terminal", "hugo", "https://github.com/panr/hugo-theme-terminal"},
	{"LoveIt", "hugo", "https://github.com/dillonzq/LoveIt"},
	{"DoIt", "hugo", "https://github.com/HEIGE-PCloud/DoIt"},
	{"FixIt", "hugo", "https://github.com/hugo-fixit/FixIt"},
	{"Hello Friend", "hugo", "https://github.com/panr/hugo-theme-hello-friend"},
	{"Mainroad", "hugo", "https://github.com/Vimux/Mainroad"},
	{"tabi", "zola", "https://github.com/welpo/tabi"},
	{"apollo", "zola", "https://github.com/not-matthias/apollo"},
	{"Terminimal", "zola", "https://github.com/pawroman/zola-theme-terminimal"},
	{"after-dark", "zola", "https://github.com/getzola/after-dark"},
	{"serene", "zola", "https://github.com/isunjn/serene"},
	{"abridge", "zola", "https://github.com/Jieiku/abridge"},
}
