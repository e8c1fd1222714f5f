// Package main uses fasthttp.
package main

import "github.com/valyala/fasthttp"

const base = "https://platform.ringcentral.com"

func do(method, path string) error {
	req := fasthttp.AcquireRequest()
	resp := fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.Header.SetMethod(method)
	req.SetRequestURI(base + path)
	return fasthttp.Do(req, resp)
}

func main() {
	do("GET", "/restapi/v1.0/account/~/extension/~/call-log")          // want "readUserCallLog"
	do(fasthttp.MethodPost, "/restapi/v1.0/account/~/extension/~/fax") // want "createFaxMessage"
	fasthttp.Get(nil, base+"/restapi/v1.0/account/~")                  // want "readAccountInfo"
}
