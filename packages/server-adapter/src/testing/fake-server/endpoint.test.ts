import { type Course, endpointTasks, PROVIDER, REFUSAL, SPENT, TEXTS } from '../endpoint/endpoint-tasks.js'
import { authenticateEndpoint, authorizeEndpoint } from '../endpoint/endpoint-people.js'
import { describeTaskEndpoint } from '../endpoint-conformance.js'
import { createFakeTaskServer } from './create-fake-task-server.js'
import type { FakeScenario } from './fake-scenario.js'

/** What a report's payload asks for, as the suite describes it. */
const COURSES: Readonly<Record<Course, FakeScenario | null>> = {
  completes: { result: { pages: 2 } },
  refuses: { failure: { code: 'generator_refused', message: REFUSAL, retryable: false } },
  crashes: { failure: { retryAfterMs: 1 } },
  stumbles: { result: { pages: 2 }, failure: { attempts: 1, retryAfterMs: 1 } },
  writes: { result: { pages: 2 }, texts: TEXTS, failure: { attempts: 1, retryAfterMs: 1 } },
  spends: { result: { pages: 2 }, usage: [SPENT] },
  lasts: { stopsAt: 25 },
  // A test writes what its task waits for.
  asks: null,
}

const IN_MINUTES = new Date(Date.now() + 300_000).toISOString()

describeTaskEndpoint('the fake task server', {
  async open() {
    const server = createFakeTaskServer({
      catalog: endpointTasks,
      serves: ['WRITE_REPORT', 'WRITE_LETTERS'],
      userOf: authenticateEndpoint,
      authorize: authorizeEndpoint,
      scenario({ payload }) {
        if ('letters' in payload) return { startAfterMs: 0, durationMs: 5, result: { letters: 3 } }
        const { course } = payload as unknown as { course: Course }
        const scenario = COURSES[course]
        return scenario && { startAfterMs: 0, durationMs: 5, ...scenario }
      },
    })
    async function fetch(...request: Parameters<typeof server.fetch>): Promise<Response> {
      const response = await server.fetch(...request)
      for (const { taskId, payload, status, waitingFor } of server.tasks()) {
        const waits = status === 'queued' && (payload as { course?: Course }).course === 'asks'
        if (waits && !waitingFor) server.change(taskId, { waitingFor: { provider: PROVIDER, until: IN_MINUTES } })
      }
      return response
    }
    return { url: 'https://app.test/api/jobs', fetch, close: async () => {} }
  },
})
