package rcapi

// Paid reports whether a success costs money on a real account: the operation sends an SMS, an MMS or a fax, or places
// a call. A request of such an operation whose outcome is unknown must not be repeated blindly.
func (o Operation) Paid() bool {
	switch o.ID {
	case "createSMSMessage", "createMMS", "createA2PSMS", "createA2PSMS2021", "mthSendMessage",
		"createFaxMessage",
		"createRingOutCall", "createRingOutCallDeprecated", "createCallOutCallSession":
		return true
	}
	return false
}
