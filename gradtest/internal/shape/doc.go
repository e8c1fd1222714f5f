// Package shape has the schemas of the requests and responses of the platform's operations. It validates values against
// them, writes values as JSON that conforms to them, and generates conforming values.
//
// # Skeletons
//
// The embedded file skeletons.gen.txt is generated from the platform's specification and has its schemas: names, types,
// formats, enums and bounds, but no descriptions. [Of] decodes the schemas of an operation on first use, because
// decoding the whole file takes about twenty times as long as decoding those of one operation.
//
// # Values
//
// A value is of the types that encoding/json decodes into an any. Values from Go code may also be of the types int,
// int64, json.Number, [time.Time], []string, []map[string]any and json.RawMessage, which is copied unchanged.
package shape
