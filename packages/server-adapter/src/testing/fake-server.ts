export {
  createFakeTaskServer,
  type FakeTaskServer,
  type FakeTaskServerOptions,
  type SeedOptions,
} from './fake-server/create-fake-task-server.js'
export { createManualClock, type FakeClock, type ManualClock } from './fake-server/fake-clock.js'
export type { FakeFailure, FakeScenario } from './fake-server/fake-scenario.js'
export { type FakeUser, USER_HEADER } from './fake-server/fake-user.js'
