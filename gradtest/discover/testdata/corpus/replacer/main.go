// Package main keeps paths with placeholders as constants and fills them in several ways.
package main

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

const (
	pathMembers  = "/restapi/v1.0/account/{accountId}/call-queues/{groupId}/members"
	pathPresence = "/restapi/v1.0/account/:account/extension/:extension/presence"
	pathSite     = "/restapi/v1.0/account/<account>/sites/<site>"
)

var colon = regexp.MustCompile(`:\w+`)

func braces(path string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		path = strings.ReplaceAll(path, "{"+pairs[i]+"}", pairs[i+1])
	}
	return path
}

func colons(path string, args map[string]string) string {
	return colon.ReplaceAllStringFunc(path, func(s string) string { return args[s[1:]] })
}

func angles(path string, args ...string) string { return strings.NewReplacer(args...).Replace(path) }

func get(path string) { http.Get("https://platform.ringcentral.com" + path) }

func main() {
	get(braces(pathMembers, "accountId", "~", "groupId", strconv.Itoa(12)))            // want "listCallQueueMembers"
	get(colons(pathPresence, map[string]string{":account": "~", ":extension": "101"})) // want "readUserPresenceStatus"
	get(angles(pathSite, "<account>", "~", "<site>", "5"))                             // want "readSite"
}
