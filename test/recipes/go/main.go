// The publisher's own server and session.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"qualifio"
)

// Signs for the participant of the input, and prints the answer's body.
func call() {
	var who map[string]any
	if err := json.NewDecoder(os.Stdin).Decode(&who); err != nil {
		log.Fatal(err)
	}
	token, _, err := qualifio.Endpoints(func(*http.Request) map[string]any { return who })
	if err != nil {
		log.Fatal(err)
	}
	request := httptest.NewRequest("GET", "/qualifio/token?campaignId=123456", nil)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	recorder := httptest.NewRecorder()
	token(recorder, request)
	os.Stdout.Write(recorder.Body.Bytes())
}

func main() {
	if len(os.Args) > 1 {
		call()
		return
	}
	token, jwks, err := qualifio.Endpoints(func(r *http.Request) map[string]any {
		cookie, err := r.Cookie("__Host-session")
		if err != nil || cookie.Value != "example-session-id" {
			return nil
		}
		return map[string]any{"sub": "42", "exp": 9999999999, "campaignId": "1", "iss": "stranger"}
	})
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/qualifio/token", token)
	http.HandleFunc("/jwks.json", jwks)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
