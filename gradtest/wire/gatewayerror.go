package wire

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// gatewayError returns the Gateway's response when the platform gave no answer.
func gatewayError(err error) reply {
	var (
		wait        *window.WaitError
		store       *StoreError
		unreachable *UnreachableError
		silent      *NoAnswerError
	)
	switch {
	case is[*RejectedError](err):
		return gatewayReply(http.StatusUnauthorized, "GatewayTokenRejected", printable(err))
	case errors.As(err, &wait):
		r := gatewayReply(http.StatusTooManyRequests, "GatewayRateLimit", wait.Error())
		if !wait.Until.IsZero() {
			r.header.Set("Retry-After", seconds(time.Until(wait.Until)))
		}
		return r
	case errors.As(err, &store):
		return gatewayReply(http.StatusBadGateway, "GatewayEvidence", store.Error())
	case errors.As(err, &unreachable):
		if unreachable.Timeout() {
			return gatewayReply(http.StatusGatewayTimeout, "GatewayTimeout", unreachable.Error())
		}
		return gatewayReply(http.StatusBadGateway, "GatewayUnreachable", unreachable.Error())
	case errors.As(err, &silent):
		if silent.Timeout() {
			return gatewayReply(http.StatusGatewayTimeout, "GatewayTimeout", silent.Error())
		}
		return gatewayReply(http.StatusBadGateway, "GatewayNoAnswer", silent.Error())
	}
	return gatewayReply(http.StatusBadGateway, "GatewayNotSent", printable(err))
}

// gatewayReply returns an error in the platform's format: both at the top level and in errors.
func gatewayReply(status int, code, message string) reply {
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

// seconds rounds up, so that a client that waits that long is not too early.
func seconds(d time.Duration) string {
	return strconv.FormatInt(int64((max(d, time.Second)+time.Second-1)/time.Second), 10)
}
