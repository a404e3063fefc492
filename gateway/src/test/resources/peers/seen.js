// Says of each request what Node's parser, llhttp, saw in it.
const { createHash } = require('node:crypto');
const http = require('node:http');

const hex = text => Buffer.from(text ?? '', 'latin1').toString('hex');

const server = http.createServer({ maxHeaderSize: 1 << 20 }, (request, response) => {
  const body = createHash('sha256');
  request.on('data', part => body.update(part));
  request.on('end', () => {
    const { method, url, headers } = request;
    const seen = [hex(method), hex(url), hex(headers.host), hex(headers['x-caller']), hex(headers['x-request-id']), body.digest('hex')];
    response.setHeader('x-seen', seen.join(','));
    response.end();
  });
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
