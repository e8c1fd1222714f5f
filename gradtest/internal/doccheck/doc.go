// Package doccheck holds the project's pages to the code: the commands, names and links in them exist, the rules about
// imports in docs/architecture.md hold, and texts that users see are plain English. It consists of tests.
package doccheck
