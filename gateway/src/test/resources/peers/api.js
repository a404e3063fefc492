// The API that stands behind the gateway in UpstreamPeersTest, on Node's server.
const http = require('node:http');

const LARGE = Buffer.alloc(8 << 20, 'x');

const server = http.createServer((request, response) => {
  response.setHeader('x-port', request.socket.remotePort);
  switch (request.url) {
    case '/hello':
      if (request.headers['if-none-match'] === '"1"') {
        response.writeHead(304, { etag: '"1"' }).end();
      } else {
        response.writeHead(200, { etag: '"1"', 'content-length': 5 }).end('hello');
      }
      break;
    case '/nothing':
      response.writeHead(204).end();
      break;
    case '/chunked':
      response.write('in ');
      setImmediate(() => response.end('parts'));
      break;
    case '/large':
      response.writeHead(200, { 'content-length': LARGE.length }).end(LARGE);
      break;
    case '/echo':
      if (request.headers['content-length']) {
        response.setHeader('content-length', request.headers['content-length']);
      }
      request.pipe(response);
      break;
    case '/early':
      response.writeHead(413, { connection: 'close' }).end();
      break;
    case '/cut':
      response.writeHead(200, { 'content-length': 100 });
      response.write('0123456789', () => request.socket.destroy());
      break;
    default:
      response.writeHead(404).end();
  }
});
server.on('checkContinue', (request, response) => {
  if (request.url !== '/early') response.writeContinue();
  server.emit('request', request, response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
