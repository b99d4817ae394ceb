// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * Tells whether the caller may do something, without doing it.
 *
 * Group: Who. Routes: `/v1/apichecks`.
 */
export interface Apicheck {
  /**
   * Namespace it would be done in.
   *
   * Path of a namespace, such as `/acme/prod`. At most 1024 characters.
   *
   * @example "/acme"
   */
  namespace: string;
  /**
   * What would be done.
   *
   * - `Create`: Make one.
   * - `Get`: Read one.
   * - `List`: List and search them.
   * - `Count`: Count them.
   * - `Update`: Replace one.
   * - `Patch`: Change parts of one.
   * - `Delete`: Remove one.
   *
   * @example "Create"
   */
  operation: 'Create' | 'Get' | 'List' | 'Count' | 'Update' | 'Patch' | 'Delete';
  /**
   * Types of the resources it would be done to.
   *
   * 1 to 64 different elements. Each: Name of a resource type; 1 to 64 characters.
   *
   * @example ["automation"]
   */
  types: string[];
  /**
   * Whether it is allowed, by type.
   *
   * At most 64 entries. Key: Name of a resource type; 1 to 64 characters. Written by the platform.
   *
   * @default {}
   * @example {"automation":true}
   */
  readonly authorized: Record<string, boolean>;
}

/** What may be sent to create or replace a {@link Apicheck}. */
export type ApicheckInput = Written<Apicheck, 'namespace' | 'operation' | 'types', never>;
