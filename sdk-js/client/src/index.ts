export type * from '@oarlock/types';
export * from './client.js';
export { account, proof, token, type Credentials, type Issuer } from './credentials.js';
export { filter, type FilterValue } from './filter.js';
export { connect, Oarlock } from './oarlock.js';
export * from './problems.js';
export {
  Resource,
  type ChangeOptions,
  type CountOptions,
  type CreateOptions,
  type Listing,
  type ListOptions,
  type Page,
  type Reference,
  type Verbs,
  type WriteOptions,
} from './resource.js';
export * from './resources.js';
export { Watch, type WatchOptions } from './watch.js';
