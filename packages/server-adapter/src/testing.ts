export { describeTaskStore, type TaskStoreSuiteOptions } from './testing/store-conformance.js'
export { describeQueueBackend } from './testing/queue-conformance.js'
export { type QueueUnderTest } from './testing/queue/queue-harness.js'
export { describeMount } from './testing/mount-conformance.js'
export type { OpenMount } from './testing/mount/mount-in-hand.js'
export { type FetchServer } from './integrations/fetch-server.js'
export {
  describeTaskEndpoint,
  type EndpointCapability,
  type EndpointUnderTest,
} from './testing/endpoint-conformance.js'
export type { OpenEndpoint } from './testing/endpoint/endpoint-caller.js'
export { createEndpointServer } from './testing/endpoint-server.js'
export { endpointGenerators, endpointNotify } from './testing/endpoint/endpoint-generators.js'
export {
  authenticateEndpoint,
  authorizeEndpoint,
  endpointLimits,
  endpointPeople,
  endpointTiers,
  type EndpointPerson,
} from './testing/endpoint/endpoint-people.js'
export {
  type Course,
  COURSES,
  endpointTasks,
  type EndpointTasks,
  REFUSAL,
  SECRET,
} from './testing/endpoint/endpoint-tasks.js'
export { runGenerator, type RunGeneratorOptions } from './testing/generator-kit/run-generator.js'
export type { GeneratorRun, PlayedAttempt } from './testing/generator-kit/generator-run.js'
export type { PlayedAbort, StepAbort, StepFailure } from './testing/generator-kit/interruptions.js'
