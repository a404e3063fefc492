// Says of each request what Go's net/http saw in it.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, http.HandlerFunc(seen)))
}

func seen(w http.ResponseWriter, r *http.Request) {
	body := sha256.New()
	if _, err := io.Copy(body, r.Body); err != nil {
		panic(http.ErrAbortHandler)
	}
	value := func(name string) string { return strings.Join(r.Header.Values(name), ",") }
	w.Header().Set("x-seen", fmt.Sprintf("%x,%x,%x,%x,%x,%x",
		r.Method, r.RequestURI, r.Host, value("x-caller"), value("x-request-id"), body.Sum(nil)))
}
