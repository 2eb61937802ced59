// The publisher's own server and session.
package main

import (
	"log"
	"net/http"
	"os"
	"qualifio"
)

func main() {
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
