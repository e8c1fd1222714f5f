package main

import "context"

type ListMessagesParams struct {
	AccountID, ExtensionID string
	Context                context.Context
}

func (o *ListMessagesParams) WriteToRequest(r *Request) error {
	r.SetPathParam("accountId", o.AccountID)
	r.SetPathParam("extensionId", o.ExtensionID)
	return nil
}

type DeleteMessageParams struct{ MessageID string }

func (o *DeleteMessageParams) WriteToRequest(r *Request) error {
	r.SetPathParam("messageId", o.MessageID)
	return nil
}

type Messages struct{ transport *Runtime }

func (a *Messages) ListMessages(params *ListMessagesParams) error {
	_, err := a.transport.Submit(&ClientOperation{ // want "listMessages"
		ID: "listMessages", Method: "GET",
		PathPattern: "/v1.0/account/{accountId}/extension/{extensionId}/message-store",
		Params:      params, Context: params.Context,
	})
	return err
}

func (a *Messages) DeleteMessage(ctx context.Context, params *DeleteMessageParams) error {
	_, err := a.transport.Submit(&ClientOperation{ // want "deleteMessage"
		ID: "deleteMessage", Method: "DELETE",
		PathPattern: "/v1.0/account/~/extension/~/message-store/{messageId}",
		Params:      params, Context: ctx,
	})
	return err
}
