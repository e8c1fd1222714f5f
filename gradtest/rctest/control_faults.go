package rctest

import (
	"fmt"
	"net/http"
)

// faultEndpoints inject faults, see [Handler.Fail].
func faultEndpoints() []endpoint {
	return []endpoint{
		{
			"POST", "/emulator/v1/faults", `injects a fault, such as {"operation": "listMessages", "status": 503, "times": 3}`,
			jsonEndpoint(postFault),
		},
		{"GET", "/emulator/v1/faults", "faults that are active or were never used", jsonEndpoint(getFaults)},
		{"DELETE", "/emulator/v1/faults", "removes all faults", jsonEndpoint(deleteFaults)},
		{"GET", "/emulator/v1/faults/{id}", "one fault", jsonEndpoint(getFault)},
		{"DELETE", "/emulator/v1/faults/{id}", "removes a fault", jsonEndpoint(deleteFault)},
	}
}

// faultRow is an [Injection] in JSON.
type faultRow struct {
	ID    int   `json:"id"`
	Fault Fault `json:"fault"`
	Used  int   `json:"used"`
	Over  bool  `json:"over"` // removed, or used as often as Times allows
}

func (i *Injection) row() faultRow { return faultRow{i.id, i.fault, i.Used(), i.over()} }

func postFault(h *Handler, _ *http.Request, body []byte) (any, error) {
	var f Fault
	if err := f.UnmarshalJSON(body); err != nil {
		return nil, err
	}
	i, err := h.Fail(f)
	if err != nil {
		return nil, err
	}
	return i.row(), nil
}

func getFaults(h *Handler, _ *http.Request, _ []byte) (any, error) {
	rows := []faultRow{}
	for _, i := range h.injected.list() {
		rows = append(rows, i.row())
	}
	return map[string]any{"faults": rows}, nil
}

func deleteFaults(h *Handler, _ *http.Request, _ []byte) (any, error) {
	h.injected.clear()
	return nil, nil
}

func getFault(h *Handler, r *http.Request, _ []byte) (any, error) {
	i := h.injected.find(r.PathValue("id"))
	if i == nil {
		return nil, faultNotFound(r)
	}
	return i.row(), nil
}

func deleteFault(h *Handler, r *http.Request, _ []byte) (any, error) {
	i := h.injected.find(r.PathValue("id"))
	if i == nil {
		return nil, faultNotFound(r)
	}
	i.Remove()
	return nil, nil
}

func faultNotFound(r *http.Request) error {
	return fmt.Errorf("no fault has the id %q (a used fault is forgotten when it is over): %w",
		r.PathValue("id"), errNotFound)
}
