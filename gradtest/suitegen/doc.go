// Package suitegen writes a graduation suite: the test file that declares an App with an endpoint for each operation
// that an app calls, as a person would have written it.
//
// # What is written
//
// [Generate] needs a list of operations and returns the source of a test file. Each endpoint has what its calls need:
//
//   - Ids come from the list of what there is (gradtest.FromList), or from something that the suite creates for the call
//     (gradtest.FromNew) and removes afterwards ([gradtest.Delete]). What a call would remove or change is created.
//   - An update sends back what it has read (gradtest.SendBack), so that it changes nothing.
//   - Required query parameters and members of the body have values that the platform's specification allows. Phone
//     numbers, devices and colleagues are looked up when the suite runs.
//   - Operations that only the suite calls, such as that list, are endpoints as well, since their calls count.
//   - App.Scopes is the smallest set that allows these calls.
//
// The suite has no ids of the emulator, so it runs on a real account too. What a person has to decide there is a TODO
// comment, such as which phone gets the SMS that every call of an endpoint pays for.
//
// # Growing it
//
// [Merge] adds what is new to a file, and leaves every byte that is there. Endpoints that a person has removed do not
// come back: comments that begin with //gradtest:init name all operations that were ever added. A [Target] does either,
// on disk.
//
// # Where operations come from
//
// [FromScan] takes them from the source of the app (package discover), [FromRecords] from evidence. Any other list will
// do.
package suitegen
