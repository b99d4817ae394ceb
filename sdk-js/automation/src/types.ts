// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Plural, TypeName } from '@oarlock/types';
import { CallError } from './platform.js';

const PLURALS: Record<TypeName, Plural> = {
  app: 'apps',
  installation: 'installations',
  publisherkey: 'publisherkeies',
  namespace: 'namespaces',
  namespacemappingpolicy: 'namespacemappingpolicies',
  quotapolicy: 'quotapolicies',
  activity: 'activities',
  alarm: 'alarms',
  automation: 'automations',
  automationtemplate: 'automationtemplates',
  automationversion: 'automationversions',
  calltoken: 'calltokens',
  delivery: 'deliveries',
  egresspolicy: 'egresspolicies',
  eventforwarder: 'eventforwarders',
  eventlog: 'eventlogs',
  firing: 'firings',
  hookpolicy: 'hookpolicies',
  kventry: 'kventries',
  message: 'messages',
  redrive: 'redrives',
  run: 'runs',
  secret: 'secrets',
  enforcer: 'enforcers',
  enforcerprofile: 'enforcerprofiles',
  enforcerprofilemappingpolicy: 'enforcerprofilemappingpolicies',
  externalnetwork: 'externalnetworks',
  hostservice: 'hostservices',
  processingunit: 'processingunits',
  service: 'services',
  dependencymap: 'dependencymaps',
  flowreport: 'flowreports',
  vulnerability: 'vulnerabilities',
  account: 'accounts',
  apiauthorizationpolicy: 'apiauthorizationpolicies',
  apicheck: 'apichecks',
  appcredential: 'appcredentials',
  authn: 'authn',
  issue: 'issue',
  revocation: 'revocations',
  role: 'roles',
  session: 'sessions',
  connectioncheck: 'connectionchecks',
  fileaccesspolicy: 'fileaccesspolicies',
  networkaccesspolicy: 'networkaccesspolicies',
  processingunitpolicy: 'processingunitpolicies',
  secretaccesspolicy: 'secretaccesspolicies',
  servicedependencypolicy: 'servicedependencypolicies',
  tokenscopepolicy: 'tokenscopepolicies',
  useraccesspolicy: 'useraccesspolicies',
};

const NAMES = new Map(Object.entries(PLURALS).flatMap(([name, plural]) => [[name, name], [plural, name]]));

export const pluralOf = (type: string): Plural => PLURALS[type as TypeName];

/** The name of a type that scripts call by its plural or its name. */
export function typeOf(word: string): string {
  const name = NAMES.get(word);
  if (name === undefined) throw new CallError('unknown-type', `There is no resource type ${word}`);
  return name;
}
