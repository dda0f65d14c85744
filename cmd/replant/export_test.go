package main

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestPicturesLieInTheArchive looks up files in a ZIP first, then in the folder that it is in.
func TestPicturesLieInTheArchive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"near.png": "beside", "both.png": "beside"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "export.zip")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, name := range []string{"media/1.png", "both.png"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("inside")); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := around(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"media/1.png": "inside", "both.png": "inside", "near.png": "beside", "../out.png": "", "none.png": ""} {
		if got, _ := fs.ReadFile(files, name); string(got) != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
