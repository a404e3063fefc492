// Processes that are started here: on one core each, measured by /proc, and ended whatever happens.
import { execFileSync, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const START_SECONDS = 60;
const started = new Set();

// Starts `command` on `core`; what it says goes to the file `log`.
export function start(command, core, log) {
  const out = openSync(log, 'w');
  return follow(spawn('taskset', ['-c', core, ...command], { stdio: ['ignore', out, out] }));
}

// Runs `command` on `core` to its end and returns what it said.
export async function output(command, core) {
  const child = follow(spawn('taskset', ['-c', core, ...command], { stdio: ['ignore', 'pipe', 'inherit'] }));
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  await new Promise((resolve, reject) =>
    child.on('error', reject).on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command[0]} failed`)))),
  );
  return text;
}

function follow(child) {
  started.add(child);
  child.on('exit', () => started.delete(child));
  return child;
}

export async function endAll() {
  const ends = [...started].map((child) => new Promise((ended) => child.on('exit', ended)));
  started.forEach((child) => child.kill('SIGTERM'));
  await Promise.race([Promise.all(ends), pause(10_000, undefined, { ref: false })]);
  started.forEach((child) => child.kill('SIGKILL'));
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Waits until `ask` is true of `child`.
export async function ready(child, name, ask) {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!(await ask().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${name} did not start`);
    }
    await pause(100);
  }
}

function tree(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return [pid, ...children.flatMap(tree)];
}

// The CPU time of a process and its children, in microseconds (proc(5): utime and stime).
export function cpuMicros({ pid }) {
  const ticks = tree(pid).map((id) => {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return (sum(ticks) * 1e6) / TICKS_PER_SECOND;
}

// What of the memory of a process and its children is resident, in MiB.
export function residentMiB({ pid }) {
  return sum(tree(pid).map((id) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]))) / 1024;
}

function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}
