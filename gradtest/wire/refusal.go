package wire

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// unanswered is the Gateway's answer where the platform gave none.
func unanswered(err error) reply {
	var (
		wait        *window.WaitError
		store       *StoreError
		unreachable *UnreachableError
		silent      *NoAnswerError
	)
	switch {
	case errors.As(err, &wait):
		r := refusal(http.StatusTooManyRequests, "GatewayRateLimit", wait.Error())
		if !wait.Until.IsZero() {
			r.header.Set("Retry-After", seconds(time.Until(wait.Until)))
		}
		return r
	case errors.As(err, &store):
		return refusal(http.StatusBadGateway, "GatewayEvidence", store.Error())
	case errors.As(err, &unreachable):
		if unreachable.Timeout() {
			return refusal(http.StatusGatewayTimeout, "GatewayTimeout", unreachable.Error())
		}
		return refusal(http.StatusBadGateway, "GatewayUnreachable", unreachable.Error())
	case errors.As(err, &silent):
		if silent.Timeout() {
			return refusal(http.StatusGatewayTimeout, "GatewayTimeout", silent.Error())
		}
		return refusal(http.StatusBadGateway, "GatewayNoAnswer", silent.Error())
	}
	return refusal(http.StatusBadGateway, "GatewayNotSent", printable(err))
}

// refusal has the platform's error shape, both at top level and in errors.
func refusal(status int, code, message string) reply {
	type fault struct {
		ErrorCode string `json:"errorCode"`
		Message   string `json:"message"`
	}
	body, _ := json.Marshal(struct { // strings always marshal
		fault
		Errors []fault `json:"errors"`
	}{fault{code, message}, []fault{{code, message}}})
	h := http.Header{"Content-Type": {"application/json;charset=utf-8"}, GatewayHeader: {code}}
	return reply{status: status, header: h, body: body}
}

// seconds rounds up, so that a client which waits as told is not early.
func seconds(d time.Duration) string {
	return strconv.FormatInt(int64((max(d, time.Second)+time.Second-1)/time.Second), 10)
}
