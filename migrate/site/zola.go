package site

import "io/fs"

// zolaFile is the one name of Zola's configuration. Hugo reads it too.
const zolaFile = "config.toml"

// zola recognises a site of Zola (https://www.getzola.org). Replant does not write for
// it, and says so rather than taking the site for Hugo's.
func zola() *Target {
	return &Target{Name: "zola", Detect: detectZola, configure: configureZola}
}

// detectZola goes by base_url, which Zola demands and Hugo does not know.
func detectZola(fsys fs.FS) bool {
	t, err := readTable(fsys, zolaFile)
	return err == nil && t["base_url"] != nil
}

func configureZola(fsys fs.FS, s *Site) error {
	t, err := readTable(fsys, zolaFile)
	if err != nil {
		return err
	}
	s.Base, s.BaseKnown = basePath(t.text("base_url"))
	return nil
}
