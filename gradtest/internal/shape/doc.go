// Package shape knows the form of what the platform's operations take and answer, and makes such values up.
//
// # Skeletons
//
// skeletons.gen.txt is generated from the platform's specification: names, types, formats, enums and bounds, and no
// sentence. It is embedded. [Of] decodes what an operation needs when it is first asked for.
//
// # Values
//
// Values are what encoding/json makes of JSON. From Go code int, int64, json.Number, [time.Time], []string,
// []map[string]any and json.RawMessage are understood as well; the last is kept as it is.
package shape
