package people

import "github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"

// bulkTasks is the domain of changes to many resources that go on after their request was answered: the task that the
// request has made is read under a path of its own.
func bulkTasks() world.Domain {
	kinds := make(map[string]string)
	for _, path := range []string{"/address-book-bulk-upload", "/extension-bulk-update"} {
		kind := "tasks of " + path
		kinds[world.AccountPath+path], kinds[world.AccountPath+path+"/tasks"] = kind, kind
	}
	return world.Domain{Kinds: kinds}
}
