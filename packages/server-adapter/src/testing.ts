export { describeTaskStore, type TaskStoreSuiteOptions } from './testing/store-conformance.js'
export { describeQueueBackend } from './testing/queue-conformance.js'
export { type QueueUnderTest } from './testing/queue-harness.js'
