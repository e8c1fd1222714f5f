// Package ledger records every call and is the single source of truth for all processes that call the platform with one
// client id.
//
// A [Record] describes one step of one call attempt: a slot was taken, the attempt ended, the slot was released.
// Records of kind [Done] and [Declared] are evidence; the others are how processes share the limits. A [Store] keeps
// records: [Dir] in a directory, [Memory] for one process, redisstore.Store in Redis. Records contain no personal data;
// every Store refuses one that [Record.Validate] refuses.
//
// # Files
//
// A [Dir] keeps one file per UTC day of Record.At, such as 2026-11-23.jsonl, next to a lock file and a .gitignore that
// keeps the directory out of version control. A day's file that is no regular file, or larger than 2 GiB, is not read
// and reported as a [*ReadError]. The directory and its files are accessible to their user alone. Files
// only grow. Whole days are deleted, by [Dir.Prune], or when a new day begins and more than 31 are stored. Opening and
// judging therefore take time only for the days that they read.
//
// # Line format
//
// Each line is one record, written by [Encode] and read by [Decode]: a JSON object whose members come in this order,
// with zero values left out.
//
//	v       1, the version of the format
//	at      time of the event, RFC 3339 in UTC with up to nine decimals
//	k       kind, see Kind
//	id      id of the attempt
//	sent    time at which the request was sent
//	latest  latest time at which the server may have counted the call
//	op      operation id
//	m, p    HTTP method and path template
//	g, sc   lists of groups and of app scopes
//	st      HTTP status
//	code    error code of the platform or class of transport failure
//	rid     request id of the platform
//	oauth   true: an authorization request
//	fault   true: the answer was injected or replayed
//	part    true: a 207 with a failure inside
//	sig     what the answer said about limits, an object: g group, l limit, w window in ns,
//	        r remaining plus one, ra retry after in ns, x true: refused
//	decl    the declaration
//	ep      declared endpoint that the call was made for
//	stage   part of its call: prepare, call, do, cleanup
//	cl      id of the claim that the call was made for
//	own     session that claims or reserves
//	site    file and line of the app's code that made the call
//	test    name of the test that made the call
//	earlier number of attempts of the same request before this one
//	granted app scopes that the response to a token request grants
//	after   first line of a file's chain: day and number of the record that the day before had reached, as in
//	        2026-11-22#514
//	late    true: first line of a file's chain, and the file of a later day was there already
//	from    first line of a file's chain: the offset of the line, if lines without a chain precede it
//	n       number of the line in the chain of the file, from 1
//	h       hash of line n-1, of the first line: of that in after; SHA-256 of the line with its newline, in base64 for
//	        URLs without padding
//	c       CRC-32C of every byte before its comma, eight hex digits
//
// A reader accepts unknown members at the end of an object, before c at the top level, and leaves them out of the
// record. A new field therefore needs no new version, and an older gradtest can read what a newer one wrote. A record
// of an unknown kind or another version is a [*VersionError], which says to update. Anything else that differs from
// what Encode writes is a [*DamageError].
//
// Encode and Decode know a line without after, late, from, n and h, which Append adds.
//
// # Chain
//
// Each record that a [Dir] appends carries the hash of the record before it in its file, and the first of a day that of
// the last record of the day before. [Dir.Verify] names the first record that was changed, removed or put in, by file,
// byte and number. Lines that are no records, left by killed processes, have no place in the chain. A chain begins
// where the first record with a place is; the records of older versions before that stay as they were, protected by
// their checksums only.
//
// An [Export] is chained in the same way, from any store; its last line also carries the heads of the ledger's chains.
// [Import] stops at the first break, and [VerifyExport] finds it before anything is imported. The command
// signs exports with an ssh key. Records in Redis and in [Memory] are not chained: there the server, or the process, is
// trusted, and the chain begins with the export.
//
// What this proves: since a record was written, none in the middle was changed, removed or inserted, by accident or by
// hand. It proves no more. There is no secret in a chain, so a program can make all of it anew. Nothing follows the
// last records of the newest file, so cutting off whole records there does not show, nor does cutting into the last
// one, which looks as if its writer had been killed; removing the oldest days looks like pruning. [Dir.VerifyAgainst]
// an export that was kept elsewhere, best a signed one, finds both. And no file can prove that a call was ever made:
// the owner of the machine can make up traffic from the start. Only the platform's own records can tell.
//
// # Crashes
//
// Append writes whole lines with one write per file, under a lock that all processes respect. For records of kind Done
// and Declared it returns after fsync of the file, and of the directory if the file is new. Goroutines that append at
// the same time share an fsync. The other kinds are written but not synced.
//
// After a kill, everything for which Append returned is there, since the operating system has it. A line that the
// killed process had not finished is closed with #torn by the next writer, so that nothing is merged with it, and read
// as a [*TornError]; Append had not returned for it. A line that lacks nothing but its newline counts, so that cutting
// off the last byte of a file hides nothing. After a loss of power the same holds for evidence. Unsynced
// reservations may be missing, but every window has passed before the machine is up again.
//
// A failed write is undone, and Append may be tried again. After a failed fsync a Dir accepts no more records, because
// the operating system may have dropped the data and still report success the next time.
//
// # Limits
//
// [Dir.Gate] admits calls within limits that all processes on the directory share. Each process replays the records of
// all others, in file order, into a [window.State] of its own, so that all arrive at the same state. To send, a process
// takes the lock, reads what is new, decides and appends its booking. No process holds the lock while it waits. A call
// whose time is not known yet is queued by a record of kind [Waiting].
//
// A reservation outlives its process. The server may have counted a request whose sender was killed before it recorded
// the answer, and a slot that is reused too early costs a 429 and a penalty for every process. Therefore a slot without
// an end stays taken until its request can no longer arrive (Call.Timeout) plus one window. A queued call, in
// contrast, has sent nothing: it is passed over one second after its turn, and queues again if its process is alive.
//
// # Concurrency
//
// Dir and Memory are safe for concurrent use by any number of goroutines, and several Dirs may be open on one
// directory, in one process or in several. Readers hold the lock only to list files and sizes, and those of
// [OpenReadOnly] not at all; what is appended later may be missing from an iteration in progress. A wait of two seconds
// for the lock is said through [Dir.NotifyWait].
//
// # Clocks
//
// Files contain wall-clock times. A process converts each time that it reads to its own monotonic clock, so that
// setting the clock neither frees a slot early nor blocks one for hours.
package ledger
