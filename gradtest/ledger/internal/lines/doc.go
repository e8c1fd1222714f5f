// Package lines is the syntax of the ledger's files: what a line looks like, whatever it is about. Package ledger says
// which members a record has.
//
// A line is a JSON object of members in a fixed order, followed by a newline. The first member is the version of the
// format, the last one a checksum:
//
//	{"v":1,"at":"2026-11-23T12:00:00Z",…,"c":"1f2e3d4c"}
//
// Members with zero values are left out. Times are RFC 3339 in UTC with up to nine decimals, flags are true or absent.
// The checksum is the CRC-32C (Castagnoli) of every byte before its own comma, as eight lower-case hex digits. No line
// is longer than [MaxSize].
//
// A [Cursor] reads members only in the order in which they are written, so that reading compares bytes and looks up
// nothing. Members that it does not know are accepted at the end of an object, and nowhere else: a later version can
// add a member without a new format version, and an earlier one reads its lines without it.
//
// A line that a killed process left unfinished is closed by the next writer with [TornMark].
package lines
