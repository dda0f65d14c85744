package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/site"
)

// introduce asks the author, on a first run at a terminal, what flags and replant.yaml leave
// open and what a site may want either way: three questions at the most. Enter takes the
// answer that is shown, which is what a run takes that asks nobody. A dry run does not ask:
// it shows what those answers come to.
func (v *session) introduce(ctx context.Context) error {
	if v.o.dryRun || v.feeds == nil || v.o.feed == stdin || migrate.HasLedger(os.DirFS(v.o.site)) {
		return nil
	}
	ask := v.o.newAsker(ctx, v.std)
	if ask == nil {
		return nil
	}
	given := v.o.form.Or(v.config.formOf(v.feeds[0].Address, v.o.site))
	m := &migrate.Migration{
		Site: afero.NewReadOnlyFs(v.disk), Scratch: v.work.scratch,
		Options: migrate.Options{Target: cmp.Or(v.o.form.Target, v.config.form.Target)},
	}
	ground, err := m.Look()
	if err != nil {
		return v.about(err)
	}
	for _, q := range questions(ground, &v.o.form, given) {
		q.put(ask)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

// question is one of a first run.
type question struct {
	setting setting
	text    string
	preset  string // what Enter takes
}

// questions returns those that a site and the settings given leave open. The answers go into
// form.
func questions(g *migrate.Ground, form *migrate.Settings, given migrate.Settings) (all []question) {
	settings := map[string]setting{}
	for _, s := range settingsIn(form) {
		settings[s.name] = s
	}
	if given.Section == "" && len(g.Sections) > 1 {
		text := "There are posts in " + strings.Join(g.Sections, ", ") + ". Section of new posts?"
		all = append(all, question{settings["section"], text, g.Section})
	}
	if given.Theme == "" && g.Theme != "" && !g.Known {
		text := fmt.Sprintf("Theme %s: replant does not know its keys. Whose keys do pages get?", g.Theme)
		all = append(all, question{settings["theme"], text, site.NoTheme})
	}
	if given.Images == "" {
		text := "Pictures: local (beside the pages) or remote (where they are)?"
		all = append(all, question{settings["images"], text, "local"})
	}
	return all
}

// put asks until there is an answer that will do.
func (q question) put(ask *asker) {
	for {
		*q.setting.value = ask.ask(fmt.Sprintf("%s [%s] ", migrate.Printable(q.text), migrate.Printable(q.preset)))
		err := q.setting.check()
		if err == nil {
			return
		}
		fmt.Fprintln(ask.out, migrate.Printable(err.Error()))
		if hint := hintOf(err); hint != "" {
			fmt.Fprintln(ask.out, "hint: "+migrate.Printable(hint))
		}
	}
}
