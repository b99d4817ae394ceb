// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * Grants roles or single permissions to callers whose claims match, in a namespace and those below it. It
 * always propagates, and nobody can grant more than they hold.
 *
 * Group: Who. Routes: `/v1/apiauthorizationpolicies`.
 */
export interface Apiauthorizationpolicy {
  /**
   * Identifier given by the platform.
   *
   * Identifier of a resource. At most 64 characters. Written by the platform.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  readonly id: string;
  /**
   * Namespace it lives in.
   *
   * Path of a namespace, such as `/acme/prod`. At most 1024 characters. Written by the platform.
   *
   * @example "/acme/prod"
   */
  readonly namespace: string;
  /**
   * Name people call it by; it may be given in place of the id, as name:web-to-db.
   *
   * 1 to 256 characters. Has an index for filters.
   *
   * @example "web-to-db"
   */
  name: string;
  /**
   * What it is for, in words.
   *
   * Markdown. At most 1024 characters.
   *
   * @example "The shop's front end reads its database."
   */
  description?: string;
  /**
   * When it was created.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  readonly createTime: string;
  /**
   * When it was last written.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  readonly updateTime: string;
  /**
   * Grows by one with each write; the ETag of the resource.
   *
   * Whole number, 1 to 9007199254740991. Written by the platform.
   *
   * @example 1
   */
  readonly version: number;
  /**
   * Free notes of tools, by key; no policy looks at them.
   *
   * At most 64 entries. Key: 1 to 256 characters. Value: At most 256 elements; Each: 1 to 1024 characters.
   *
   * @default {}
   * @example {"ticket":["NET-42"]}
   */
  annotations: Record<string, string[]>;
  /**
   * Tags starting with @ that the creator vouches for; they never change.
   *
   * At most 64 different elements. Each: `key=value`; Metadata tags start with @, and not with @auth:, which
   * is kept for tokens; 1 to 1023 characters. Cannot be changed after creation.
   *
   * @default []
   * @example ["@app:image=nginx"]
   */
  metadata: string[];
  /**
   * Tags that users give it.
   *
   * At most 128 different elements. Each: `key=value`; User tags do not start with $, @ or +, which are kept
   * for the platform; 1 to 1023 characters.
   *
   * @default []
   * @example ["env=prod"]
   */
  associatedTags: string[];
  /**
   * All tags that policies can match: those of users, the metadata and the computed ones.
   *
   * At most 512 different elements. Each: `key=value`; 1 to 1023 characters. Written by the platform. Has an
   * index for filters.
   *
   * @default []
   * @example ["$name=web-to-db","env=prod"]
   */
  readonly normalizedTags: string[];
  /**
   * Refuses updates and deletion unless the request says override=true.
   *
   * @default false
   * @example false
   */
  protected: boolean;
  /**
   * Tag expression that selects whom the policy is about; an empty one selects nothing.
   *
   * At most 64 elements. Each: 1 to 64 different elements; Each: `key=value`, `key`, `!key=value`, `!key` or
   * `key=prefix*`; 1 to 1024 characters.
   *
   * @default []
   * @example [["app=web","env=prod"]]
   */
  subject: string[][];
  /**
   * What is granted: permissions such as automation:get,list, or roles as @role=name.
   *
   * 1 to 256 different elements. Each: `type:operation,operation`, `*`, or `@role=name`; 1 to 512 characters.
   *
   * @example ["automation:get,list"]
   */
  authorizedIdentities: string[];
  /**
   * Namespace it is granted in, with those below.
   *
   * Path of a namespace, such as `/acme/prod`. At most 1024 characters. Has an index for filters.
   *
   * @example "/acme"
   */
  authorizedNamespace: string;
  /**
   * Networks callers must come from; anywhere when empty.
   *
   * At most 64 different elements. Each: IPv4 or IPv6 network in CIDR notation; 1 to 64 characters.
   *
   * @default []
   * @example ["10.0.0.0/8"]
   */
  authorizedSubnets: string[];
  /**
   * Counts in the namespaces below as well.
   *
   * @default false
   * @example true
   */
  propagate: boolean;
  /**
   * Hides it from the namespaces below, where it counts all the same.
   *
   * @default false
   * @example false
   */
  propagationHidden: boolean;
  /**
   * Counts only where no other policy of the type resolved.
   *
   * @default false
   * @example false
   */
  fallback: boolean;
  /**
   * Switches it off without deleting it.
   *
   * @default false
   * @example false
   */
  disabled: boolean;
  /**
   * Cron expression, in UTC, of the moments from which it is in force; always when absent.
   *
   * Quartz cron of six or seven fields, or cron of five. At most 256 characters.
   *
   * @example "0 0 8 ? * MON-FRI"
   */
  activeSchedule?: string;
  /**
   * How long it stays in force from each of those moments.
   *
   * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
   *
   * @example "PT10H"
   */
  activeDuration?: string;
  /**
   * When it is deleted by itself.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Has an index for filters.
   *
   * @example "2027-01-01T00:00:00.000Z"
   */
  expirationTime?: string;
}

/** What may be sent to create or replace a {@link Apiauthorizationpolicy}. */
export type ApiauthorizationpolicyInput = Written<Apiauthorizationpolicy, 'name' | 'authorizedIdentities' | 'authorizedNamespace', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'subject' | 'authorizedSubnets' | 'propagate' | 'propagationHidden' | 'fallback' | 'disabled' | 'activeSchedule' | 'activeDuration' | 'expirationTime'>;

/** What may be sent to change parts of a {@link Apiauthorizationpolicy}. */
export type ApiauthorizationpolicyPatch = Merged<Apiauthorizationpolicy, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'subject' | 'authorizedIdentities' | 'authorizedNamespace' | 'authorizedSubnets' | 'propagate' | 'propagationHidden' | 'fallback' | 'disabled' | 'activeSchedule' | 'activeDuration' | 'expirationTime'>;
