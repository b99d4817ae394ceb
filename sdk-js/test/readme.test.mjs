// The examples of README.md are one program: its output must be the output blocks, in order. `…` stands for anything.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { platform } from './platform.mjs';

const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = (/** @type {string} */ language) => [...text.matchAll(new RegExp('```' + language + '\n([^]*?)```', 'g'))].map(([, block]) => block ?? '');

test('theExamplesOfTheReadmeDoWhatItSays', (t) => {
  const program = fileURLToPath(new URL('readme.example.mjs', import.meta.url));
  t.after(() => rmSync(program, { force: true }));
  writeFileSync(program, blocks('js').join('\n'));
  const said = execFileSync(process.execPath, [program], {
    env: { ...process.env, OARLOCK_URL: platform.url, OARLOCK_HOME: platform.home, NODE_EXTRA_CA_CERTS: '' },
    encoding: 'utf8',
  });
  const pattern = blocks('output').map((block) => block.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^]*')).join('');
  assert.match(said, new RegExp(`^${pattern}$`));
});
