package dashboard_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/dashboard"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

func ExampleNew() {
	store := ledger.NewMemory() // or ledger.OpenReadOnly(dir)
	live, err := dashboard.New(context.Background(), dashboard.Config{
		Store: store, Origin: "platform.ringcentral.com-0a1b2c3d",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer live.Close()
	server := &http.Server{Handler: live}
	server.RegisterOnShutdown(func() { _ = live.Close() }) // ends the streams

	page := httptest.NewRecorder() // in place of server.ListenAndServe and a browser
	live.ServeHTTP(page, httptest.NewRequest("GET", "http://localhost/", nil))
	fmt.Println(page.Code, strings.Contains(page.Body.String(), "NOT READY"))
	// Output:
	// 200 true
}
