// Package embedded embeds its core in services.
package embedded

import "net/http"

type core struct{ base string }

func (c *core) call(method, path string) {
	req, _ := http.NewRequest(method, c.base+"/restapi/v1.0/account/~"+path, nil)
	http.DefaultClient.Do(req)
}

type service struct{ *core }

type messages struct{ service }
type queues struct{ service }

func (m messages) list()            { m.call("GET", "/extension/~/message-store") }        // want "listMessages"
func (m messages) remove(id string) { m.call("DELETE", "/extension/~/message-store/"+id) } // want "deleteMessage"
func (q queues) presence(id string) { q.call("GET", "/call-queues/"+id+"/presence") }      // want "readCallQueuePresence"

// Run uses the services.
func Run() {
	s := service{&core{base: "https://platform.ringcentral.com"}}
	messages{s}.list()
	messages{s}.remove("1")
	queues{s}.presence("2")
}
