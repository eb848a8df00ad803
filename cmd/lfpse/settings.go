package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/lmittmann/tint"
	"github.com/mattn/go-isatty"
)

// prefix begins the name of every variable that the service reads.
const prefix = "LFPSE_"

// logging says how the log is written.
type logging struct {
	LogLevel  string `help:"How much is logged: debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"LFPSE_LOG_LEVEL"`
	LogFormat string `help:"How it is written: text, json, or auto: text on a terminal, JSON otherwise." enum:"auto,text,json" default:"auto" env:"LFPSE_LOG_FORMAT"`
}

func (l logging) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(l.LogLevel)); err != nil {
		return nil, fmt.Errorf("LFPSE_LOG_LEVEL: %w", err)
	}
	file, isFile := w.(*os.File)
	terminal := isFile && isatty.IsTerminal(file.Fd())
	if l.LogFormat == "text" || l.LogFormat == "auto" && terminal {
		return slog.New(tint.NewHandler(w, &tint.Options{Level: level, NoColor: !terminal, TimeFormat: "15:04:05.000"})), nil
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level})), nil
}

// storage says where data and keys are.
type storage struct {
	DatabaseURL string `help:"PostgreSQL's URL. Without one the service runs a server of its own in the data folder." env:"LFPSE_DATABASE_URL" placeholder:"URL"`
	Data        string `help:"The data folder: a database server of its own, and the keys." type:"path" default:"${data}" env:"LFPSE_DATA"`
	Keys        string `help:"The folder of the key files; the folder keys in the data folder unless given." type:"path" env:"LFPSE_KEYS" placeholder:"DIR"`
	PostgresBin string `help:"The folder of PostgreSQL's programs, for a server of its own; found by itself unless given." env:"LFPSE_POSTGRES_BIN" placeholder:"DIR"`
}

// check refuses settings that contradict each other.
func (s storage) check() error {
	if s.DatabaseURL != "" && s.PostgresBin != "" {
		return fmt.Errorf("LFPSE_DATABASE_URL and LFPSE_POSTGRES_BIN contradict each other: give the first for a server that runs, the second for a server of the service's own")
	}
	return nil
}

func (s storage) keys() keyFiles {
	if s.Keys != "" {
		return keyFiles{s.Keys}
	}
	return keyFiles{filepath.Join(s.Data, "keys")}
}

// defaultData is the data folder unless one is named: in the user's cache.
func defaultData() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "lfpse")
}

// elsewhere are variables that are read by the rooms that they speak of, and
// by the project's tests.
func elsewhere() []string {
	return []string{"LFPSE_POSTGRES_DOWNLOAD", "LFPSE_TEST_"}
}

// checkVariables refuses a variable of the service's that nothing reads: a
// misspelt setting must not be a silent one.
func checkVariables(model *kong.Application, environ []string) error {
	known := variables(model.Node)
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, prefix) || slices.Contains(known, name) {
			continue
		}
		if slices.ContainsFunc(elsewhere(), func(p string) bool { return strings.HasPrefix(name, p) }) {
			continue
		}
		return fmt.Errorf("the variable %s is not one of the service's; lfpse --help lists them", name)
	}
	return nil
}

// variables lists the names that the flags of a command and its
// sub-commands can be set by.
func variables(node *kong.Node) []string {
	var names []string
	for _, flag := range node.Flags {
		names = append(names, flag.Envs...)
	}
	for _, child := range node.Children {
		names = append(names, variables(child)...)
	}
	return names
}
