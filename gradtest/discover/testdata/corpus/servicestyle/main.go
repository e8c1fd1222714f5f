package main

import "context"

func main() {
	c := NewClient(nil)
	c.CallLog.List(context.Background(), "~", &ListOptions{Page: 1})
	c.Messages.Delete(context.Background(), 7)
}
