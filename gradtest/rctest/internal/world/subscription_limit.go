package world

// LimitSubscriptions changes how many subscriptions a user may have; 0: any number. Those that are there stay.
func (w *World) LimitSubscriptions(most int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Config.Subscriptions = most
}
