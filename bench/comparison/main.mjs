// bench/compare, once all that it needs is installed and built: main.mjs ROUNDS SECONDS WARM-UP
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commands, upstreamCommand } from './contenders.mjs';
import { cpuMicros, endAll, freePort, output, ready, residentMiB, start } from './processes.mjs';
import { report } from './report.mjs';
import { writeRequests } from './tokens.mjs';

const GATEWAY_CORE = '0';
const OTHER_CORE = '1';
const CONNECTIONS = 32;
const SETTLED_SECONDS = 5;
const CACHED_TOKENS = 200;
// Of the rate that the warm-up showed: compiled code may be faster than it was then.
const SPARE = 2;
const WARM_UP_RATE = 4000;

const [rounds, seconds, warmUp] = process.argv.slice(2).map(Number);
const work = await mkdtemp(join(tmpdir(), 'discreet-compare-'));
const cached = join(work, 'cached');
const fresh = join(work, 'fresh');

function say(text) {
  console.error(`bench/compare: ${text}`);
}

async function cleanUp() {
  await endAll();
  await rm(work, { recursive: true, force: true });
}

async function status(port, path, token) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
  await answer.text();
  return answer.status;
}

// Starts a contender, and makes sure that it does what it is measured for.
async function contender(name, verifies, upstream, [path, token]) {
  const port = await freePort();
  const command = await commands[name](work, port, upstream);
  const child = start(command, GATEWAY_CORE, join(work, `${name}.log`));
  await ready(child, name, async () => (await status(port, path, token)) === 200);
  const forged = token.slice(0, -4) + (token.endsWith('AAAA') ? 'BBBB' : 'AAAA');
  if (verifies !== ((await status(port, path, forged)) === 401)) {
    throw new Error(`${name} ${verifies ? 'does not verify' : 'verifies'} tokens`);
  }
  await pause(SETTLED_SECONDS * 1000);
  return { name, child, port, idle: residentMiB(child) };
}

// Asks for `time` seconds what the lines of `requests` say, in turn.
async function ask({ name, child, port }, requests, time) {
  const before = cpuMicros(child);
  const wrk = ['wrk', '-t1', `-c${CONNECTIONS}`, `-d${time}s`, '-s', 'bench/comparison/load.lua'];
  const said = await output([...wrk, `http://127.0.0.1:${port}`, '--', requests], OTHER_CORE);
  const load = JSON.parse(said.trim().split('\n').at(-1));
  if (load.failed > 0) {
    throw new Error(`${load.failed} of ${load.requests} requests to ${name} failed`);
  }
  return {
    ...load,
    micros: (cpuMicros(child) - before) / load.requests,
    perSecond: load.requests / load.seconds,
    resident: residentMiB(child),
  };
}

async function startAll() {
  await writeRequests(cached, CACHED_TOKENS);
  const first = (await readFile(cached, 'utf8')).split('\n')[0].split(' ');
  const upstream = await freePort();
  const answering = start(await upstreamCommand(work, upstream), OTHER_CORE, join(work, 'upstream.log'));
  await ready(answering, 'the upstream', async () => (await status(upstream, '/', 'none')) === 200);
  return {
    nginx: await contender('nginx', false, upstream, first),
    haproxy: await contender('haproxy', true, upstream, first),
    discreet: await contender('discreet', true, upstream, first),
  };
}

async function compare() {
  const { nginx, haproxy, discreet } = await startAll();
  const runs = {
    nginx: { name: 'nginx, plain', by: nginx, requests: cached },
    haproxy: { name: 'HAProxy, RS256, tokens never seen', by: haproxy, requests: fresh },
    cached: { name: 'Discreet, cached tokens', by: discreet, requests: cached },
    fresh: { name: 'Discreet, RS256, tokens never seen', by: discreet, requests: fresh },
  };
  say(`warming up, ${warmUp} s each`);
  await writeRequests(fresh, warmUp * WARM_UP_RATE);
  const rates = [];
  for (const { by, requests } of Object.values(runs)) {
    const { perSecond, micros, name } = { ...(await ask(by, requests, warmUp)), name: by.name };
    say(`${name}: ${micros.toFixed(1)} µs`);
    if (requests === fresh) rates.push(perSecond);
  }
  const tokens = Math.ceil(Math.max(...rates) * seconds * SPARE);
  for (let round = 1; round <= rounds; round++) {
    await writeRequests(fresh, tokens);
    for (const run of Object.values(runs)) {
      const sample = await ask(run.by, run.requests, seconds);
      if (run.requests === fresh && sample.repeated) {
        throw new Error(`${tokens} tokens did not last for ${seconds} s`);
      }
      run.samples = [...(run.samples ?? []), sample];
    }
    say(`round ${round} of ${rounds}: ${Object.values(runs).map((run) => run.samples.at(-1).micros.toFixed(1)).join(' ')} µs`);
  }
  report(Object.fromEntries(Object.entries(runs).map(([key, run]) => [key, { ...run, idle: run.by.idle }])));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    await cleanUp();
    process.exit(130);
  });
}
try {
  await compare();
} catch (e) {
  say(e.message);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
