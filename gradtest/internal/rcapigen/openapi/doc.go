// Package openapi reads the facts about operations from an OpenAPI specification: names, paths, groups, permissions,
// statuses, and the shapes of requests and answers.
//
// # What is not copied
//
// A specification is the licensed text of its author. [Read] takes facts only: no summary, description, example or
// schema is in a [Row], so nothing built from rows can contain its text. [Skeletons] takes from schemas which values
// they allow, and neither their texts nor their names.
//
// # Schemas
//
// The parts of an allOf are merged into one schema: all members, the tighter bounds, the values that all parts allow.
// oneOf and anyOf remain alternatives. Keywords beside them are merged into each alternative, and a discriminator
// restricts its member in each. Schemas that allow the same values become one, even if they contain themselves.
//
// # Vendor extensions
//
// x-throttling-group is required on every operation; x-app-permission, x-user-permission and x-error-codes are
// optional.
package openapi
