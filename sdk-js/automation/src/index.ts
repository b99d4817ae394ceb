export type * from '../ctx.js';
export { fakePlatform, type FakeOptions, type FakePlatform, type FakeRequest } from './fake.js';
export { CallError, type Broker, type Platform } from './platform.js';
export { openProject, type Project, type ProjectAutomation } from './project.js';
export { realPlatform, type RealOptions } from './real.js';
export { trial, type Settings, type TrialOptions, type TrialRun } from './trial.js';
