"""Says of each request what h11, a parser written in Python, saw in it."""
import hashlib
import socketserver

import h11


class Seen(socketserver.BaseRequestHandler):
    def handle(self):
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
        try:
            while self.one(connection):
                connection.start_next_cycle()
        except h11.RemoteProtocolError as wrong:
            self.request.sendall(b"HTTP/1.1 400 %s\r\n\r\n" % str(wrong).encode())

    def one(self, connection):
        body = hashlib.sha256()
        request = None
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(self.request.recv(1 << 16))
            elif isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.Data):
                body.update(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return self.answer(connection, request, body.hexdigest())
            else:
                return False

    def answer(self, connection, request, body):
        def value(name):
            return b",".join(v for n, v in request.headers if n == name)

        named = [value(name) for name in (b"host", b"x-caller", b"x-request-id")]
        seen = ",".join(part.hex() for part in [request.method, request.target, *named])
        headers = [("x-seen", seen + "," + body), ("content-length", "0")]
        self.request.sendall(connection.send(h11.Response(status_code=200, headers=headers)))
        connection.send(h11.EndOfMessage())
        return connection.our_state is h11.DONE


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


with Server(("127.0.0.1", 0), Seen) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
