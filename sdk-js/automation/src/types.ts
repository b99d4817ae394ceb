// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Plural, TypeName } from '@oarlock/types';
import { CallError } from './platform.js';

const PLURALS: Record<TypeName, Plural> = {
  namespace: 'namespaces',
  quotapolicy: 'quotapolicies',
  namespacemappingpolicy: 'namespacemappingpolicies',
  account: 'accounts',
  issue: 'issue',
  authn: 'authn',
  apicheck: 'apichecks',
  appcredential: 'appcredentials',
  apiauthorizationpolicy: 'apiauthorizationpolicies',
  role: 'roles',
  revocation: 'revocations',
  session: 'sessions',
  hookpolicy: 'hookpolicies',
  automation: 'automations',
  automationversion: 'automationversions',
  automationtemplate: 'automationtemplates',
  run: 'runs',
  firing: 'firings',
  calltoken: 'calltokens',
  secret: 'secrets',
  kventry: 'kventries',
  eventforwarder: 'eventforwarders',
  delivery: 'deliveries',
  egresspolicy: 'egresspolicies',
  activity: 'activities',
  eventlog: 'eventlogs',
  message: 'messages',
  alarm: 'alarms',
  enforcer: 'enforcers',
  enforcerprofile: 'enforcerprofiles',
  enforcerprofilemappingpolicy: 'enforcerprofilemappingpolicies',
  processingunit: 'processingunits',
  externalnetwork: 'externalnetworks',
  service: 'services',
  hostservice: 'hostservices',
  networkaccesspolicy: 'networkaccesspolicies',
  useraccesspolicy: 'useraccesspolicies',
  fileaccesspolicy: 'fileaccesspolicies',
  secretaccesspolicy: 'secretaccesspolicies',
  tokenscopepolicy: 'tokenscopepolicies',
  processingunitpolicy: 'processingunitpolicies',
  servicedependencypolicy: 'servicedependencypolicies',
};

const NAMES = new Map(Object.entries(PLURALS).flatMap(([name, plural]) => [[name, name], [plural, name]]));

export const pluralOf = (type: string): Plural => PLURALS[type as TypeName];

/** The name of a type that scripts call by its plural or its name. */
export function typeOf(word: string): string {
  const name = NAMES.get(word);
  if (name === undefined) throw new CallError('unknown-type', `There is no resource type ${word}`);
  return name;
}
