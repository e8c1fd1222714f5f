package world

import "time"

// event is a change that subscribers may want to be told of.
type event struct {
	filter string  // canonical address of the event, such as /restapi/v1.0/account/1/extension/2/message-store
	of     []Param // what a filter's query can ask for, such as type and direction
	body   Object  // of the notification's member body
	at     time.Time
}

// tell notes a change. Subscribers are told when the call that made it has been carried out.
func (w *World) tell(at time.Time, filter string, body Object, of ...Param) {
	w.pending = append(w.pending, event{filter: filter, of: of, body: body, at: at})
}

// Notification is what is sent to the address of a webhook.
type Notification struct {
	Address string
	Header  map[string]string
	Body    []byte
}

// notifications makes what is to be sent of what has been told, and forgets it.
func (w *World) notifications(time.Time) []Notification {
	w.pending = nil
	return nil
}
