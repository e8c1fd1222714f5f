package doccheck

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/cli"
)

var (
	redirect  = regexp.MustCompile(`\d?>>?\s*\S+`)
	separator = regexp.MustCompile(`&&|\|\||[|;&]`)
	setting   = regexp.MustCompile(`^[A-Z_]+=`)
)

// words splits a line of shell into simple commands and those into words. It knows as much of the shell as the pages
// use.
func words(line string) [][]string {
	line, _, _ = strings.Cut(line+" ", " # ")
	var quoted []string
	line = regexp.MustCompile(`'[^']*'|"[^"]*"`).ReplaceAllStringFunc(line, func(q string) string {
		quoted = append(quoted, q[1:len(q)-1])
		return "\x00"
	})
	line = redirect.ReplaceAllString(line, "")
	var commands [][]string
	for _, part := range separator.Split(line, -1) {
		var command []string
		for _, word := range strings.Fields(part) {
			for strings.Contains(word, "\x00") {
				word = strings.Replace(word, "\x00", quoted[0], 1)
				quoted = quoted[1:]
			}
			if len(command) > 0 || !setting.MatchString(word) {
				command = append(command, word)
			}
		}
		commands = append(commands, command)
	}
	return commands
}

// TestCommands checks each command of this project that a page shows, without running it.
func TestCommands(t *testing.T) {
	checked := 0
	for _, p := range pages(t) {
		var lines []string
		for _, block := range p.blocks("sh") {
			block = strings.ReplaceAll(block, "\\\n", " ")
			lines = append(lines, strings.Split(block, "\n")...)
		}
		for _, line := range append(lines, p.spans()...) {
			for _, command := range words(line) {
				if check := checker(command); check != nil {
					checked++
					check(t, p.name+": "+line, command)
				}
			}
		}
	}
	assert.Greater(t, checked, 50, "the pages have commands")
}

// checker returns the check for a command, or nil if it is none of this project's.
func checker(command []string) func(*testing.T, string, []string) {
	is := func(prefix ...string) bool {
		return len(command) >= len(prefix) && slices.Equal(command[:len(prefix)], prefix)
	}
	switch {
	case is("go", "run", "./gradtest/cmd/gradtest"), is("go", "tool", "gradtest"):
		return func(t *testing.T, line string, c []string) { checkGradtest(t, line, c[3:]) }
	case is("gradtest"), is("bin/gradtest"):
		return func(t *testing.T, line string, c []string) { checkGradtest(t, line, c[1:]) }
	case is("go", "run"):
		return checkRun
	case is("go", "test"):
		return checkTest
	}
	return nil
}

// checkGradtest checks that a verb and its flags exist.
func checkGradtest(t *testing.T, line string, args []string) {
	if dash := slices.Index(args, "--"); dash >= 0 {
		args = args[:dash] // what follows is another program
	}
	var verbs []string
	for _, arg := range args {
		if len(verbs) == 2 || strings.HasPrefix(arg, "-") || len(verbs) == 1 && verbs[0] != "ledger" {
			break
		}
		verbs = append(verbs, arg)
	}
	if len(verbs) > 1 && strings.ToUpper(verbs[1]) == verbs[1] {
		verbs = verbs[:1]
	}
	var help, stderr bytes.Buffer
	noEnvironment := func(string) string { return "" }
	status := cli.Main(append(verbs, "--help"), &help, &stderr, noEnvironment)
	if !assert.Zero(t, status, "%s\n%s", line, stderr.String()) {
		return
	}
	assert.Contains(t, help.String(), strings.TrimSpace("gradtest "+strings.Join(verbs, " "))+" ", line)
	for _, arg := range args {
		if name, _, _ := strings.Cut(arg, "="); strings.HasPrefix(name, "-") && name != "-" {
			assert.Regexp(t, `(?m)^ .*`+regexp.QuoteMeta(name)+`\b`, help.String(), "%s: flag %s", line, name)
		}
	}
}

// checkRun checks that a command of the module exists and declares the flags.
func checkRun(t *testing.T, line string, command []string) {
	for i, arg := range command[2:] {
		switch {
		case i == 0 && strings.Contains(arg, "@"):
			return // from elsewhere
		case i == 0:
			source := read(t, arg, "*.go")
			assert.Contains(t, source, "package main\n", line)
		case strings.HasPrefix(arg, "-"):
			assert.Contains(t, read(t, command[2], "*.go"), `"`+strings.Trim(arg, "-")+`"`, "%s: flag %s", line, arg)
		}
	}
}

// Flags of go test that the pages use, and whether the next word is their value.
var testFlags = map[string]bool{
	"-v": false, "-race": false, "-short": false, "-shuffle=on": false, "-count": true, "-timeout": true, "-p": true,
	"-run": true, "-bench": true, "-fuzz": true, "-benchtime": true, "-fuzztime": true,
}

var testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Benchmark|Fuzz)\w*)\(`)

// checkTest checks that the packages exist, that each pattern matches a test in them, and that other flags are
// declared.
func checkTest(t *testing.T, line string, command []string) {
	var packages, patterns, flags []string
	for i := 2; i < len(command); i++ {
		arg := command[i]
		name, value, _ := strings.Cut(arg, "=")
		takes, known := testFlags[name]
		if takes && value == "" && i+1 < len(command) {
			i++
			value = command[i]
		}
		switch {
		case !strings.HasPrefix(arg, "-"):
			packages = append(packages, arg)
		case !known && arg != "-shuffle=on":
			flags = append(flags, strings.TrimPrefix(name, "-"))
			if i+1 < len(command) && regexp.MustCompile(`^\d+$`).MatchString(command[i+1]) {
				i++
			}
		case (name == "-run" || name == "-bench" || name == "-fuzz") && value != "^$":
			pattern, _, _ := strings.Cut(value, "/")
			patterns = append(patterns, pattern)
		}
	}
	if len(packages) == 0 {
		return // in the reader's module
	}
	var tests strings.Builder
	for _, name := range packages {
		if strings.HasPrefix(name, ".") {
			tests.WriteString(read(t, name, "*_test.go"))
		}
	}
	var names []string
	for _, m := range testFunc.FindAllStringSubmatch(tests.String(), -1) {
		names = append(names, m[1])
	}
	for _, pattern := range patterns {
		re, err := regexp.Compile(pattern)
		require.NoError(t, err, line)
		assert.True(t, slices.ContainsFunc(names, re.MatchString), "%s: no test matches %s", line, pattern)
	}
	for _, name := range flags {
		assert.Contains(t, tests.String(), `"`+name+`"`, "%s: flag -%s", line, name)
	}
}

// read returns the files of a package that match a pattern, and with /... those below it.
func read(t *testing.T, pkg, pattern string) string {
	t.Helper()
	dir, below := strings.CutSuffix(pkg, "/...")
	var all strings.Builder
	err := filepath.WalkDir(filepath.Join(root, dir), func(name string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != filepath.Join(root, dir) && !below {
			return filepath.SkipDir
		}
		if ok, _ := filepath.Match(pattern, entry.Name()); ok && !entry.IsDir() {
			data, err := os.ReadFile(name)
			all.Write(data)
			return err
		}
		return nil
	})
	require.NoError(t, err, pkg)
	require.NotZero(t, all.Len(), "%s has no %s", pkg, pattern)
	return all.String()
}

// TestEmulatorFlags checks that docs/emulator.md has every flag of the emulator.
func TestEmulatorFlags(t *testing.T) {
	var help, stderr bytes.Buffer
	require.Zero(t, cli.Main([]string{"emulator", "--help"}, &help, &stderr, func(string) string { return "" }))
	page, err := os.ReadFile(filepath.Join(root, "docs/emulator.md"))
	require.NoError(t, err)
	flags := regexp.MustCompile(`(?m)^ .*(--[a-z-]+) `).FindAllStringSubmatch(help.String()[strings.Index(help.String(), "Flags:"):], -1)
	assert.Greater(t, len(flags), 10)
	for _, f := range flags {
		if f[1] != "--help" {
			assert.Contains(t, string(page), "`"+f[1], "docs/emulator.md lacks a flag")
		}
	}
}
