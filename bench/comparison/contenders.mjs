// The upstream and the contenders: how each is configured and started.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIENCE, ISSUER, keySet, publicPem, ROUTES } from './tokens.mjs';

const BODY = '{"id":42,"title":"Quarterly figures","owner":"ann","pages":12,"updated":"2026-01-15T09:30:00Z"}';
const KEEP = 'keepalive_requests 1000000000';

const nginx = (folder, http) => `
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/errors;
events { worker_connections 1024; }
http {
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${http}
}
`;

const answering = (port) => `
  access_log off;
  server {
    listen 127.0.0.1:${port};
    ${KEEP};
    default_type application/json;
    location / { return 200 '${BODY}'; }
  }`;

const proxying = (folder, port, upstream) => `
  access_log ${folder}/log;
  upstream api {
    server 127.0.0.1:${upstream};
    keepalive 64;
    ${KEEP};
  }
  server {
    listen 127.0.0.1:${port};
    ${KEEP};
    location / {
      proxy_pass http://api;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
    }
  }`;

// It reads its key once, and remembers no token.
const haproxy = (folder, port, upstream) => `
global
  nbthread 1
  maxconn 1000
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  option forwardfor
  http-reuse always
  timeout connect 5s
  timeout client 75s
  timeout server 60s
frontend front
  bind 127.0.0.1:${port}
  http-request set-var(txn.bearer) http_auth_bearer
  http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
  http-request set-var(txn.iss) var(txn.bearer),jwt_payload_query('$.iss')
  http-request set-var(txn.aud) var(txn.bearer),jwt_payload_query('$.aud[0]')
  http-request set-var(txn.exp) var(txn.bearer),jwt_payload_query('$.exp','int')
  http-request set-var(txn.now) date()
  http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
  http-request deny deny_status 401 unless { var(txn.iss) -m str ${ISSUER} }
  http-request deny deny_status 401 unless { var(txn.aud) -m str ${AUDIENCE} }
  http-request deny deny_status 401 unless { var(txn.exp),sub(txn.now) -m int gt 0 }
  http-request deny deny_status 401 unless { var(txn.bearer),jwt_verify(txn.alg,"${folder}/key.pem") -m int 1 }
  default_backend api
backend api
  server api 127.0.0.1:${upstream}
`;

const gateway = (port, upstream) => `
listen: 127.0.0.1:${port}
admin: 127.0.0.1:0
issuers:
  main: {issuer: "${ISSUER}", audiences: ["${AUDIENCE}"], jwks: {file: keys.json}, claims: {account: account}}
upstreams:
  api: {url: "http://127.0.0.1:${upstream}"}
`;

const routes = `routes:
${Array.from(
  { length: ROUTES },
  (_, n) => `  - path: /accounts/{account}/s${n}/items/{item}
    upstream: api
    methods: {GET: documents:read, PUT: documents:write, DELETE: documents:delete}
`,
).join('')}`;

const grants = `
roles:
  viewer: [documents:list, documents:read]
  owner: ["documents:*"]
grants:
  - {to: authenticated, permissions: token, resources: "/accounts/{claims.account}/**"}
  - {to: {group: /board}, role: viewer, resources: /accounts/**}
  - {to: {claim: /realm_access/roles, is: document-admin}, role: owner, resources: "/accounts/{claims.account}/**"}
`;

async function folderOf(work, files) {
  await mkdir(work);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(work, name), text)));
}

async function nginxIn(folder, http) {
  await folderOf(folder, { 'nginx.conf': nginx(folder, http) });
  return ['nginx', '-e', `${folder}/errors`, '-c', `${folder}/nginx.conf`];
}

// Each returns the command that starts it.
export function upstreamCommand(work, port) {
  return nginxIn(join(work, 'upstream'), answering(port));
}

export const commands = {
  async nginx(work, port, upstream) {
    const folder = join(work, 'nginx');
    return nginxIn(folder, proxying(folder, port, upstream));
  },
  async haproxy(work, port, upstream) {
    const folder = join(work, 'haproxy');
    await folderOf(folder, { 'haproxy.cfg': haproxy(folder, port, upstream), 'key.pem': publicPem });
    return ['haproxy', '-db', '-f', `${folder}/haproxy.cfg`];
  },
  async discreet(work, port, upstream) {
    const folder = join(work, 'discreet');
    await folderOf(folder, {
      'gateway.yaml': gateway(port, upstream),
      'routes.yaml': routes,
      'grants.yaml': grants,
      'keys.json': keySet,
    });
    return ['./discreet', 'run', '--config', folder];
  },
};
