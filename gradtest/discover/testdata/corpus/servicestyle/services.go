package main

import (
	"context"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
)

type ListOptions struct{ Page, PerPage int }

func addOptions(s string, opts any) (string, error) {
	v := reflect.ValueOf(opts)
	if v.Kind() == reflect.Ptr && v.IsNil() {
		return s, nil
	}
	u, err := url.Parse(s)
	if err != nil {
		return s, err
	}
	q := url.Values{}
	if o, ok := opts.(*ListOptions); ok {
		q.Set("page", strconv.Itoa(o.Page))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func (s *CallLogService) List(ctx context.Context, ext string, opts *ListOptions) error {
	u := fmt.Sprintf("account/~/extension/%v/call-log", ext)
	u, err := addOptions(u, opts)
	if err != nil {
		return err
	}
	req, err := s.client.NewRequest("GET", u, nil) // want "readUserCallLog"
	if err != nil {
		return err
	}
	return s.client.Do(ctx, req, nil)
}

func (s *MessagesService) Delete(ctx context.Context, id int64) error {
	req, err := s.client.NewRequest("DELETE", fmt.Sprintf("account/~/extension/~/message-store/%d", id), nil) // want "deleteMessage"
	if err != nil {
		return err
	}
	return s.client.Do(ctx, req, nil)
}
