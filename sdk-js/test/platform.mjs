// The platform that `npm test` has started, and what tests do with it.
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { account, connect } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';

const given = process.env.OARLOCK_TEST_PLATFORM;
if (!given) throw new Error('run these by `npm test`, which starts a platform for them');

/** @type {{url: string, adminUser: string, passwordFile: string, caFile: string, socket: string, home: string, page: number}} */
export const platform = JSON.parse(given);
export const password = readFileSync(platform.passwordFile, 'utf8').trim();
export const trusting = nodeFetch({ caFile: platform.caFile });

/** @param {Partial<import('@oarlock/client').ClientOptions>} [options] */
export const admin = (options) =>
  connect({ url: platform.url, credentials: account('admin', password), fetch: trusting, ...options });

/** A client of a new namespace, which no other test touches. */
export async function newNamespace() {
  const { name } = await admin({ namespace: '/' }).namespaces.create({ name: `t-${randomUUID()}` });
  return admin({ namespace: name });
}

/** @param {() => unknown} condition */
export async function until(condition) {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`it never came true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
