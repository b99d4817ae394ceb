import assert from 'node:assert/strict';
import test from 'node:test';
import { fakePlatform, openProject, trial } from '@oarlock/automation';

const { input, sample } = openProject().automation('hello');

test('it says what happened', async () => {
  const platform = fakePlatform({ resources: { externalnetworks: [{ name: 'office' }, { name: 'lab' }] }, kv: { seen: 6 } });
  const run = await trial(input.source, { ...input, ...sample, platform });
  assert.equal(run.status, 'Succeeded', run.error?.message);
  assert.deepEqual(run.result, { line: 'Create office, one of 2', seen: 7 });
  assert.deepEqual(run.logs, [{ level: 'info', message: '#net: Create office, one of 2' }]);
});

test('it is silent about scratch networks', async () => {
  const run = await trial(input.source, { ...input, event: { operation: 'Create', object: { name: 'scratch' } } });
  assert.equal(run.status, 'Skipped');
});
