// The table, and what was wanted of it.
const GOALS = [
  ['CPU with a cached token, against nginx', 1.25, (rows) => rows.cached.toNginx],
  ['CPU with a token never seen, against HAProxy', 0.9, (rows) => rows.fresh.toHaproxy],
  ['MiB resident, loaded', 220, (rows) => Math.max(rows.cached.loaded, rows.fresh.loaded)],
  ['MiB resident, idle', 120, (rows) => rows.cached.idle],
];

function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

// Of each round the ratio, of the ratios the median: so what else the machine did meets both sides.
function ratio(these, those) {
  return median(these.map((sample, round) => sample.micros / those[round].micros));
}

function row({ name, idle, samples }, nginx, haproxy) {
  const of = (key) => samples.map((sample) => sample[key]);
  return {
    name,
    micros: median(of('micros')),
    least: Math.min(...of('micros')),
    most: Math.max(...of('micros')),
    toNginx: ratio(samples, nginx.samples),
    toHaproxy: ratio(samples, haproxy.samples),
    perSecond: median(of('perSecond')),
    p50: median(of('p50')),
    p99: median(of('p99')),
    loaded: Math.max(...of('resident')),
    idle,
  };
}

// `runs` are by key: name, idle (MiB) and samples, one for each round.
export function report(runs) {
  const rows = Object.fromEntries(
    Object.entries(runs).map(([key, run]) => [key, row(run, runs.nginx, runs.haproxy)]),
  );
  console.log('| | CPU µs per request (from–to) | to nginx | to HAProxy | requests/s | p50 ms | p99 ms | MiB loaded | MiB idle |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { name, ...of } of Object.values(rows)) {
    const micros = `${of.micros.toFixed(1)} (${of.least.toFixed(1)}–${of.most.toFixed(1)})`;
    const ratios = `${of.toNginx.toFixed(2)} | ${of.toHaproxy.toFixed(2)}`;
    const speed = `${of.perSecond.toFixed(0)} | ${of.p50.toFixed(1)} | ${of.p99.toFixed(1)}`;
    console.log(`| ${name} | ${micros} | ${ratios} | ${speed} | ${of.loaded.toFixed(0)} | ${of.idle.toFixed(0)} |`);
  }
  console.log();
  for (const [what, most, measured] of GOALS) {
    const value = measured(rows);
    const shown = value < 10 ? value.toFixed(2) : value.toFixed(0);
    console.log(`${value <= most ? 'met' : 'MISSED'}: ${what}: ${shown}, at most ${most}`);
  }
}
