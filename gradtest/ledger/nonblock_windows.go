package ledger

// openNow is empty, because no file in a Windows directory makes opening wait.
const openNow = 0
