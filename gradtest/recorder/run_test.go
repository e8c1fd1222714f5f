package recorder

// perform is the recorded program.
func perform(task string) int { return 99 }
