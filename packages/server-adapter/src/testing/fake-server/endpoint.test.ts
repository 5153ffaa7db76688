import { type Course, endpointTasks, REFUSAL, SPENT, TEXTS } from '../endpoint/endpoint-tasks.js'
import { authenticateEndpoint, authorizeEndpoint } from '../endpoint/endpoint-people.js'
import { describeTaskEndpoint } from '../endpoint-conformance.js'
import { createFakeTaskServer } from './create-fake-task-server.js'
import type { FakeScenario } from './fake-scenario.js'

/** What a report's payload asks for, as the suite describes it. */
const COURSES: Readonly<Record<Course, FakeScenario>> = {
  completes: { result: { pages: 2 } },
  refuses: { failure: { code: 'generator_refused', message: REFUSAL, retryable: false } },
  crashes: { failure: { retryAfterMs: 1 } },
  stumbles: { result: { pages: 2 }, failure: { attempts: 1, retryAfterMs: 1 } },
  writes: { result: { pages: 2 }, texts: TEXTS, failure: { attempts: 1, retryAfterMs: 1 } },
  spends: { result: { pages: 2 }, usage: [SPENT] },
  lasts: { stopsAt: 25 },
}

describeTaskEndpoint('the fake task server', {
  async open() {
    const { fetch } = createFakeTaskServer({
      catalog: endpointTasks,
      serves: ['WRITE_REPORT'],
      userOf: authenticateEndpoint,
      authorize: authorizeEndpoint,
      scenario({ payload }) {
        const { course } = payload as unknown as { course: Course }
        return { startAfterMs: 0, durationMs: 5, ...COURSES[course] }
      },
    })
    return { url: 'https://app.test/api/jobs', fetch, close: async () => {} }
  },
})
