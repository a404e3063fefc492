// Says again by WebSocket what it is told; prints its port, then how each connection ended.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 0, perMessageDeflate: true });
server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket, request) => {
  socket.on('message', (data, binary) => {
    const text = binary ? '' : data.toString();
    const [word, code, reason] = text.split(' ');
    if (word === 'close') socket.close(Number(code), reason);
    else if (word === 'vanish') socket.terminate();
    else if (word === 'ping') socket.ping('of the server');
    else socket.send(data, { binary });
  });
  socket.on('pong', data => socket.send(`pong ${data}`));
  socket.on('error', () => {});
  socket.on('close', (code, reason) => console.log(`closed ${code} ${reason}`));
});
