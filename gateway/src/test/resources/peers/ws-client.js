// What a client by the package ws does and hears: arguments are the URL, a token, and how many MiB much is.
// Prints "ok" once all is as it must be.
const assert = require('node:assert/strict');
const { createHash } = require('node:crypto');
const { once } = require('node:events');
const WebSocket = require('ws');

const [url, token, parts] = process.argv.slice(2);
const PART = 1 << 20;
const PARTS = Number(parts);

async function connect() {
  const socket = new WebSocket(url, 'chat', {
    headers: { authorization: `Bearer ${token}` },
    maxPayload: 0,
    perMessageDeflate: true,
  });
  await once(socket, 'open');
  return socket;
}

async function heard(socket) {
  const [data] = await once(socket, 'message');
  return data.toString();
}

async function messages() {
  const socket = await connect();
  assert.equal(socket.protocol, 'chat');
  socket.send('hello');
  assert.equal(await heard(socket), 'hello');
  for (const part of ['in ', 'th', 'ree']) socket.send(part, { fin: part === 'ree' });
  assert.equal(await heard(socket), 'in three');
  socket.ping('of the client');
  assert.equal((await once(socket, 'pong')).toString(), 'of the client');
  return socket;
}

async function closes(socket, code, reason) {
  socket.close(code, reason);
  const [heardCode, heardReason] = await once(socket, 'close');
  assert.equal(heardCode, code);
  assert.equal(heardReason.toString(), reason);
}

/** Part by part, each sent when the last was told again, and one on its way meanwhile. */
async function much() {
  const socket = await connect();
  const sent = createHash('sha256');
  const received = createHash('sha256');
  let octets = 0;
  const all = new Promise(done =>
    socket.on('message', data => {
      received.update(data);
      octets += data.length;
      if (octets === PART * PARTS) done();
    }),
  );
  for (let i = 0; i < PARTS; i++) {
    const part = Buffer.alloc(PART, i);
    part.writeUInt32BE(Math.random() * 2 ** 32);
    sent.update(part);
    await new Promise(done => socket.send(part, { compress: false }, done));
  }
  await all;
  assert.equal(received.digest('hex'), sent.digest('hex'));
  await closes(socket, 1001, 'gone');
}

async function main() {
  await closes(await messages(), 1000, 'bye');
  await closes(await connect(), 4321, 'of one\'s own');
  await much();
  const abrupt = await connect();
  abrupt.terminate();
  assert.equal((await once(abrupt, 'close'))[0], 1006);
  console.log('ok');
}

main().catch(error => {
  console.log(error);
  process.exit(1);
});
