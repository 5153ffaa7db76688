export { describeTaskStore, type TaskStoreSuiteOptions } from './testing/store-conformance.js'
