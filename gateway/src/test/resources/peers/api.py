"""The API that stands behind the gateway in UpstreamPeersTest, on Python's own server."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE = b"x" * (8 << 20)


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=None, **fields):
        self.send_response(status)
        self.send_header("x-port", str(self.client_address[1]))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        if body is not None:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        if self.path == "/hello" and self.headers["if-none-match"] == '"1"':
            self.answer(304, etag='"1"')
        elif self.path == "/hello":
            self.answer(200, b"hello", etag='"1"')
        elif self.path == "/nothing":
            self.answer(204)
        elif self.path == "/chunked":
            self.answer(200, transfer_encoding="chunked")
            for part in (b"in ", b"parts", b""):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        elif self.path == "/large":
            self.answer(200, LARGE)
        elif self.path == "/cut":
            self.answer(200, content_length="100")
            self.wfile.write(b"0123456789")
            self.close_connection = True
        else:
            self.answer(404, b"")

    do_HEAD = do_GET

    def do_POST(self):
        if self.path == "/early":
            self.answer(413, b"", connection="close")
        else:
            self.answer(200, self.body())

    def body(self):
        if "content-length" in self.headers:
            return self.rfile.read(int(self.headers["content-length"]))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def handle_expect_100(self):
        return self.path == "/early" or super().handle_expect_100()

    def log_message(self, *arguments):
        pass


with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()
