// Package oldglip is a bot of 2021: it calls operations that are gone since, and a few that no edition has.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
)

const apiPath = "/restapi/v1.0"

type bot struct{ server, token string }

func (b *bot) send(method, path string, body any) (*http.Response, error) {
	var r io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		r = bytes.NewReader(data)
	}
	req, err := http.NewRequest(method, b.server+apiPath+path, r)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+b.token)
	return http.DefaultClient.Do(req)
}

func (b *bot) get(path string) { b.send("GET", path, nil) }

func main() {
	b := &bot{os.Getenv("RC_SERVER_URL"), os.Getenv("TOKEN")}
	group, post := os.Args[1], os.Args[2]
	b.get("/glip/groups")                                              // want "listGlipGroups"
	b.get("/glip/groups/" + group)                                     // want "readGlipGroup"
	b.send("POST", "/glip/groups", map[string]string{"type": "Team"})  // want "createGlipGroup"
	b.send("POST", "/glip/groups/"+group+"/bulk-assign", nil)          // want "assignGlipGroupMembers"
	b.get(fmt.Sprintf("/glip/groups/%s/posts", group))                 // want "listGlipGroupPosts"
	b.send("POST", "/glip/posts", map[string]string{"groupId": group}) // want "createPost"
	b.get("/glip/chats/" + group + "/posts/" + post)                   // want "readGlipPost"
	b.send("POST", "/glip/chats/"+group+"/posts", nil)                 // want "createGlipPost"
	b.send("PATCH", "/glip/chats/"+group+"/posts/"+post, nil)          // want "patchGlipPost"
	b.get("/glip/persons/" + group)                                    // want "readGlipPerson"
	b.get("/glip/persons/~")                                           // want "readGlipPerson"
	b.get("/glip/recent/chats")                                        // want "listRecentChats"
	b.send("POST", "/glip/teams", nil)                                 // want "createGlipTeam"
	b.send(http.MethodPost, "/glip/cards?groupId="+group, nil)         // want "createGlipCard"
	b.send("POST", "/glip/files?name=a.png", nil)                      // want-unknown "POST /restapi/v1.0/glip/files"
	b.get("/glip/groups/" + group + "/members")                        // want-unknown "GET /restapi/v1.0/glip/groups/{}/members"
	b.get("/account/~/extension/~/cloud-calendars")                    // want-unknown "GET /restapi/v1.0/account/~/extension/~/cloud-calendars"
	b.get("/account/~/audit-trail")                                    // want-unknown "GET /restapi/v1.0/account/~/audit-trail"
}
