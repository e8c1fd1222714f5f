// Package openapi reads the facts of a specification's operations: names, paths, groups, permissions, statuses, and the
// shapes of what they take and answer.
//
// # What it leaves
//
// A specification is somebody's text under somebody's licence. [Read] takes facts alone: no summary, description,
// example or schema passes through a [Row], so nothing built from rows can carry a sentence over. [Skeletons] takes of
// schemas what values they allow, and neither their texts nor their names.
//
// # Schemas
//
// allOf is made one schema: members of all, the tighter bounds, the values that all allow. oneOf and anyOf stay
// alternatives; what stands beside them goes into each, and a discriminator narrows its member in each. Schemas that
// allow the same are one, also where they contain themselves.
//
// # Vendor extensions
//
// x-throttling-group is required on every operation; x-app-permission and x-user-permission may be absent.
package openapi
