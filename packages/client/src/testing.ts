export {
  createFakeTaskServer,
  type FakeTaskServer,
  type FakeTaskServerOptions,
} from './testing/create-fake-task-server.js'
export { createManualClock, type FakeClock, type ManualClock } from './testing/fake-clock.js'
export type { FakeFailure, FakeScenario } from './testing/fake-scenario.js'
export { type FakeUser, USER_HEADER } from './testing/fake-user.js'
