export { describeTaskStore, type TaskStoreSuiteOptions } from './testing/store-conformance.js'
export { describeQueueBackend } from './testing/queue-conformance.js'
export { type QueueUnderTest } from './testing/queue-harness.js'
export { describeMount, type OpenMount } from './testing/mount-conformance.js'
export { type FetchServer } from './integrations/fetch-server.js'
export {
  describeTaskEndpoint,
  type EndpointCapability,
  type EndpointUnderTest,
  type OpenEndpoint,
} from './testing/endpoint-conformance.js'
export { createEndpointServer } from './testing/endpoint-server.js'
export { endpointGenerators } from './testing/endpoint/endpoint-generators.js'
export { authenticateEndpoint, endpointPeople, type EndpointPerson } from './testing/endpoint/endpoint-people.js'
export {
  type Course,
  COURSES,
  endpointTasks,
  type EndpointTasks,
  REFUSAL,
  SECRET,
} from './testing/endpoint/endpoint-tasks.js'
