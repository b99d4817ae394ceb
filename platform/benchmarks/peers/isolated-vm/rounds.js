// Node's isolated-vm on the function that Oarlock's own Rounds measures: a warm isolate, a fresh context for every run.
// A line on standard input starts a round, a line of JSON is its outcome.
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const ivm = require('isolated-vm');

const RUNS = 1000;
const STOPS = 5;
const DEADLINE = 300; // ms
const read = (name) => fs.readFileSync(path.join(process.argv[2], name), 'utf8');
const source = `${read('transform.js')}\nfunction handle(text) { return JSON.stringify(transform(JSON.parse(text))); }`;
const event = read('event-50.json');
const isolate = new ivm.Isolate({ memoryLimit: 256 });
const script = isolate.compileScriptSync(source);

function run(where, compiled) {
  const start = process.hrtime.bigint();
  const context = where.createContextSync();
  compiled.runSync(context);
  const answer = context.global.getSync('handle', { reference: true }).applySync(undefined, [event], { timeout: 30000 });
  context.release();
  if (!JSON.parse(answer).items) throw new Error(answer);
  return Number((process.hrtime.bigint() - start) / 1000n);
}

function overrun() {
  const context = isolate.createContextSync();
  const start = process.hrtime.bigint();
  try {
    isolate.compileScriptSync('while (true);').runSync(context, { timeout: DEADLINE });
  } catch {
    return Number((process.hrtime.bigint() - start) / 1000000n) - DEADLINE;
  } finally {
    context.release();
  }
}

function firstInNewIsolate() {
  const start = process.hrtime.bigint();
  const fresh = new ivm.Isolate({ memoryLimit: 256 });
  run(fresh, fresh.compileScriptSync(source));
  fresh.dispose();
  return Number((process.hrtime.bigint() - start) / 1000n);
}

const sorted = (values) => values.sort((a, b) => a - b);
const times = (count, step) => sorted(Array.from({ length: count }, step));

readline.createInterface({ input: process.stdin }).on('line', () => {
  const before = process.cpuUsage();
  const micros = times(RUNS, () => run(isolate, script));
  const { user, system } = process.cpuUsage(before);
  const stops = times(STOPS, overrun);
  console.log(JSON.stringify({
    p50: micros[RUNS >> 1], p99: micros[Math.floor(RUNS * 0.99)], cpu: Math.round((user + system) / RUNS),
    stop: stops[STOPS >> 1], stopWorst: stops[STOPS - 1], spare: firstInNewIsolate(),
  }));
});
