// Package openapi reads the facts of a specification's operations: names, paths, groups, permissions, statuses.
//
// # What it leaves
//
// A specification is somebody's text under somebody's licence. [Read] takes facts alone: no summary, description,
// example or schema passes through a [Row], so nothing built from rows can carry a sentence over.
//
// # Vendor extensions
//
// x-throttling-group is required on every operation; x-app-permission and x-user-permission may be absent.
package openapi
