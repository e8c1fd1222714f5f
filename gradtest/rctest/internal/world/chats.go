package world

// PersonalChat is the id of the chat that an extension has with itself.
func PersonalChat(extensionID string) string { return "9" + extensionID }
