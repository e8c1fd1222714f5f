// Package ledger keeps the evidence of calls and is, by it, the one truth that all processes of a machine share.
//
// # Records
//
// A [Record] tells one step of one call attempt: that a slot of the platform's limit is taken, that the attempt has
// ended, that the slot was given back. Only a record of kind [Done] is evidence. A record holds templates, statuses,
// times, codes and request ids; what could be personal is refused by [Record.Validate], which every [Store] applies.
//
// # On disk
//
// A [Dir] keeps one file per UTC day of Record.At, named as in 2026-11-23.jsonl, with one line per record as [Encode]
// writes it: JSON with a format version and a CRC-32C. Files are only appended to, and whole days are removed: by
// [Dir.Prune], and the oldest when a day begins and there are more than 31. So opening and judging cost what the days
// looked at cost, however long the history. Beside them lie a lock file and a .gitignore that keeps all of it out of
// version control. Directory and files are open to their user alone.
//
// # What Append promises
//
// Lines are written whole, in one write, under a lock that all processes respect. When Append returns for a record of
// kind Done or Declared, it has reached the disk; goroutines that append at the same time share one sync. The other
// kinds need none: the death of a process does not lose what was written, and after a loss of power every window is
// over before the machine is up again.
//
// A write that fails is taken back. What a killed writer leaves unfinished is closed off by the next one, so that
// nothing is ever merged with it, and reported by readers as a [*TornError]; nothing of it had been acknowledged. Any
// other line that is not as it was written is a [*DamageError]. After a failed sync the store takes no more records:
// what the operating system then says about the file cannot be believed.
//
// # Limits
//
// [Dir.Gate] admits calls inside limits that are shared by all processes on the directory. Each process replays the
// records of all into a [window.State] of its own, in the same order, so all come to the same answer; who wants to send
// takes the lock, reads what is new, books and writes down the booking. Nobody holds the lock while waiting. Calls
// whose moment is not known yet stand in line by a record of kind [Waiting]. If a process dies, its slots stay taken
// until its calls can no longer arrive, and its places in line are passed over after a second.
//
// # Clocks
//
// Files carry the wall clock. A moment that is read is turned at once into one that this process's monotonic clock
// counts from, so that setting the clock neither frees a slot early nor holds it for hours.
package ledger
