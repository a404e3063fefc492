// An issuer of one RSA key, and what is asked of the contenders with its tokens.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export const ISSUER = 'https://id.example.com/realms/main';
export const AUDIENCE = 'https://api.example.com';
export const ROUTES = 200;
const ACCOUNTS = 100;
const KID = 'FJ86GcF3jTbNLOco4NvZkUCIUmfYCqoqtOQeMfbhNlE';
const BATCH = 1000;

const signed = promisify(sign);
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const header = encoded({ alg: 'RS256', typ: 'JWT', kid: KID });
const now = Math.floor(Date.now() / 1000);
let made = 0;

export const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
export const keySet = JSON.stringify({
  keys: [{ ...createPublicKey(publicPem).export({ format: 'jwk' }), kid: KID, use: 'sig', alg: 'RS256' }],
});

function encoded(json) {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}

// A token such as identity providers issue; no two are the same.
async function token(number) {
  const claims = encoded({
    exp: now + 36_000,
    iat: now - 5,
    jti: `onrtac:8e5a1c2e-5b0e-4f1f-8c93-${String(number).padStart(12, '0')}`,
    iss: ISSUER,
    aud: [AUDIENCE, 'account'],
    sub: `f3c1e0a2-7c1b-4f5e-9a53-${String(number).padStart(12, '0')}`,
    typ: 'Bearer',
    azp: 'web',
    sid: 'b1f2c3d4-0000-4000-8000-9f8e7d6c5b4a',
    account: account(number),
    realm_access: { roles: ['offline_access', 'default-roles-main', 'editor'] },
    scope: 'openid profile documents:read',
    preferred_username: 'ann',
    email: 'ann@example.com',
    groups: ['/staff', '/legal'],
  });
  const text = `${header}.${claims}`;
  return `${text}.${(await signed('sha256', Buffer.from(text), privateKey)).toString('base64url')}`;
}

function account(number) {
  return `a${number % ACCOUNTS}`;
}

// Writes a line for each of `count` tokens that nobody has seen: a path that its caller may read, and the token.
export async function writeRequests(file, count) {
  const lines = [];
  while (lines.length < count) {
    const batch = Array.from({ length: Math.min(BATCH, count - lines.length) }, () => made++);
    lines.push(
      ...(await Promise.all(
        batch.map(async (n) => `/accounts/${account(n)}/s${n % ROUTES}/items/${n} ${await token(n)}\n`),
      )),
    );
  }
  await writeFile(file, lines.join(''));
}
