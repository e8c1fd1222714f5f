// Package world is the state behind the emulator: what an account contains, and what each operation does to it.
//
// It knows nothing of HTTP connections, tokens and rate limits, which package rctest checks before it calls
// [World.Serve]. Serve takes a [Request] and returns a [Reply] or a [Problem].
//
// # Resources and kinds
//
// Every object that has an id in a path is a [Resource]: an object of JSON members, with the ids of its parents, such
// as an extension or a chat. Resources of one kind are visible under every path that leads to them: a message that was
// posted to …/sms is read under …/message-store. Kinds follow from the catalogue's templates. Where several templates
// lead to the same resources, a [Domain] says so.
//
// # Roles
//
// What an operation does follows from its method, its template and the skeleton of its response. It lists, creates,
// reads, updates or removes resources, reads or updates a setting without an id, or is an action. Domains replace that
// where the platform does more.
//
// # Responses
//
// A resource keeps only the members that have a meaning. Package shape adds what the skeleton requires, always with the
// same values for the same resource, and leaves out what the skeleton does not have. So every response has the
// documented shape, whichever members a domain sets.
//
// # To add an emulated operation or error
//
// The families are packages beside this one: people, messages, calls, chat, meetings, scim and ai. Package domains
// lists their parents.
//
//   - An operation of the catalogue needs nothing: its role serves it. If the platform does more, write the function in the
//     file of its part of the family (such as messages/send_sms.go) and add it to the maps of that file's Domain, with the
//     operation id as key. A new Domain also goes into the family's Domains function.
//   - An error is one row in the family's problems.go, with status, code and text, and the line that returns it.
//   - Tests use package worldtest, which starts a world with all domains. TestLifecycle of package rctest covers a new
//     operation without a change.
package world
