// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * A node of the tenant tree. Every resource lives in exactly one; deleting a namespace deletes everything in
 * and below it.
 *
 * Group: Tenancy. Routes: `/v1/namespaces`.
 */
export interface Namespace {
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
   * Bare name at creation, such as acme; answers carry the full path, such as /acme.
   *
   * A namespace name has 1 to 128 letters, digits, - _ . and starts with a letter or digit. 1 to 1024
   * characters. Cannot be changed after creation. Has an index for filters.
   *
   * @example "acme"
   */
  name: string;
  /**
   * What the node stands for; it changes how consoles show it, nothing else.
   *
   * - `Default`: Nothing in particular.
   * - `Tenant`: A customer or a company.
   * - `CloudAccount`: An account at a cloud provider.
   * - `Group`: A group of workloads.
   * - `Kubernetes`: A Kubernetes cluster.
   *
   * Cannot be changed after creation.
   *
   * @default "Default"
   * @example "Group"
   */
  type: 'Default' | 'Tenant' | 'CloudAccount' | 'Group' | 'Kubernetes';
  /**
   * What happens to traffic into a processing unit when no policy decides.
   *
   * - `Allow`: It passes.
   * - `Reject`: It is refused.
   * - `Inherit`: What the parent namespace says; the root says Reject.
   *
   * @default "Inherit"
   * @example "Reject"
   */
  defaultPUIncomingTrafficAction: 'Allow' | 'Reject' | 'Inherit';
  /**
   * What happens to traffic out of a processing unit when no policy decides.
   *
   * - `Allow`: It passes.
   * - `Reject`: It is refused.
   * - `Inherit`: What the parent namespace says; the root says Reject.
   *
   * @default "Inherit"
   * @example "Allow"
   */
  defaultPUOutgoingTrafficAction: 'Allow' | 'Reject' | 'Inherit';
  /**
   * Prefixes of the tags that may travel between enforcers and feed suggestions; handed down.
   *
   * At most 64 different elements. Each: 1 to 1024 characters.
   *
   * @default []
   * @example ["app=","env="]
   */
  tagPrefixes: string[];
  /**
   * Tags starting with @org: that every new processing unit, enforcer and external network in and below it
   * gets.
   *
   * At most 32 different elements. Each: `key=value`; Organizational metadata starts with @org:; 1 to 1023
   * characters.
   *
   * @default []
   * @example ["@org:tenant=acme"]
   */
  organizationalMetadata: string[];
  /**
   * Gives the namespace a certificate authority of its own, so that its workloads trust nobody outside it.
   *
   * @default false
   * @example false
   */
  localCAEnabled: boolean;
  /**
   * The namespace's own certificate authority, when it has one.
   *
   * One or more PEM blocks. At most 16384 characters. Written by the platform.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  readonly localCA?: string;
  /**
   * Most that automations in and below the namespace may ask for; an ancestor's ceiling can only be lowered.
   *
   * @example {"wallTime":"PT1M","memory":"128MiB"}
   */
  automationCeiling?: {
    /**
     * Longest time from the start of the script to its answer; PT30S by default, at most PT15M.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @example "PT10S"
     */
    wallTime?: string;
    /**
     * Most processor time of the script; PT10S by default, at most PT5M.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @example "PT2S"
     */
    cpuTime?: string;
    /**
     * Most heap of the script; 64MiB by default, at most 512MiB.
     *
     * Write a number of bytes with its unit: B, KiB, MiB or GiB, for example 64MiB. At most 16 characters.
     *
     * @example "64MiB"
     */
    memory?: string;
    /**
     * Most log text kept of a run; 256KiB by default, at most 4MiB. What is over is dropped and counted.
     *
     * Write a number of bytes with its unit: B, KiB, MiB or GiB, for example 64MiB. At most 16 characters.
     *
     * @example "256KiB"
     */
    log?: string;
    /**
     * Largest value the script may return, as JSON; 1MiB by default and at most.
     *
     * Write a number of bytes with its unit: B, KiB, MiB or GiB, for example 64MiB. At most 16 characters.
     *
     * @example "64KiB"
     */
    result?: string;
    /**
     * Most requests the script may send out; 50 by default.
     *
     * Whole number, 0 to 1000.
     *
     * @example 10
     */
    outboundRequests?: number;
    /**
     * Most calls of the platform's API; 500 by default.
     *
     * Whole number, 0 to 10000.
     *
     * @example 100
     */
    apiCalls?: number;
  };
}

/** What may be sent to create or replace a {@link Namespace}. */
export type NamespaceInput = Written<Namespace, 'name', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'type' | 'defaultPUIncomingTrafficAction' | 'defaultPUOutgoingTrafficAction' | 'tagPrefixes' | 'organizationalMetadata' | 'localCAEnabled' | 'automationCeiling'>;

/** What may be sent to change parts of a {@link Namespace}. */
export type NamespacePatch = Merged<Namespace, 'description' | 'annotations' | 'associatedTags' | 'protected' | 'defaultPUIncomingTrafficAction' | 'defaultPUOutgoingTrafficAction' | 'tagPrefixes' | 'organizationalMetadata' | 'localCAEnabled' | 'automationCeiling'>;
