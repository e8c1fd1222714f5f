// Package world is the state behind the emulator: what an account holds, and what each operation does to it.
//
// It knows nothing of HTTP connections, tokens and limits: package rctest has let a call pass before it gets here.
// [World.Serve] takes a [Request] and returns a [Reply] or a [Problem].
//
// # Things and kinds
//
// Whatever has an id in a path is a thing: an object of JSON members, with the ids of what it lies in (an extension, a
// chat). Things of one kind are found under every path that leads to them: a message that was posted to …/sms is read
// under …/message-store. Kinds follow from the catalogue's templates; where several templates lead to the same things, a
// domain says so.
//
// # Roles
//
// What an operation does follows from its method, its template and its answer's skeleton: it lists, creates, reads, updates or
// removes things, reads or updates a setting that has no id, or is an action. Domains replace that where the platform does
// more; see domain.
//
// # Answers
//
// A thing keeps only the members that mean something. Package shape completes each answer to what the skeleton requires,
// always in the same way for the same thing, and leaves out what the skeleton lacks. So every answer has the documented
// shape, whatever a domain says.
package world
