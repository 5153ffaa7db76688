import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatLogEntry } from '@brandkit/core'
import { openStudio, type Studio, type Visit } from './open-studio.ts'
import { generatePlan, pill, signInToPlans, waitForText } from './walk.ts'

let studio: Studio
let visit: Visit

beforeAll(async () => {
  // A slow pace: even on a busy machine, the page asks at least once before the task is done.
  studio = await openStudio({ paceMs: 1_000 })
  visit = await studio.visit()
})
afterAll(() => studio?.close())

/** The seed's trace, line by line. `{id}` stands for the task's id. */
const TRACE = [
  '[BackgroundTask] handleGenerateMediaPlanGroup called',
  '[TaskService] Making API request to: /api/jobs',
  '[API/Jobs] Received request with action: create',
  '[API/Jobs] Saving task document to database',
  '[API/Jobs] Processing task with request body',
  '[API/Jobs] Updated task status to processing',
  '[TaskPolling] Polling task {id}, attempt ',
  '[API/Jobs] Updated task status to completed',
  '[TaskContext] Updating task {id} to completed',
]

describe('the log of one task', () => {
  it('reads from click to UI update in the order of the seed, joined by one trace id', async () => {
    const { page } = visit
    // The expected trace is from a polling page; with the event stream, the page requests no status.
    await page.route(/action=events/, (route) => route.fulfill({ status: 204 }))
    await signInToPlans(page, 'Ada')
    await generatePlan(page, { name: 'Traced' })
    await waitForText(pill(page), '1 completed')

    const click = visit.console.find(({ text }) => text.includes('handleGenerateMediaPlanGroup called'))
    const traceId = /traceId=([0-9a-f]{32})/.exec(click?.text ?? '')?.[1] ?? 'no trace id'
    const server = studio.log.map((entry) => ({ at: entry.at, text: formatLogEntry(entry) }))
    // Browser and server run on this machine, so their clocks agree. A stable sort keeps each side's order within a
    // millisecond.
    const lines = [...visit.console, ...server]
      .filter(({ text }) => text.includes(traceId))
      .toSorted((one, other) => one.at - other.at)
      .map(({ text }) => text)

    const added = lines.find((line) => line.startsWith('[TaskContext] Adding task'))
    const taskId = /Adding task (\S+)/.exec(added ?? '')?.[1] ?? 'no task id'
    const trace = TRACE.map((start) => start.replace('{id}', taskId))
    const firsts = trace.map((start) => lines.findIndex((line) => line.startsWith(start)))
    // The trace's steps in the order of their first occurrence, so that a failure shows the actual order.
    const happened = trace.toSorted(
      (one, other) => (firsts[trace.indexOf(one)] ?? 0) - (firsts[trace.indexOf(other)] ?? 0),
    )
    expect(firsts).not.toContain(-1)
    expect(happened).toEqual(trace)
  })

  it('begins with the app, and never holds a payload', () => {
    expect(visit.console.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^\[App\] Signed in/))
    const everything = [...visit.console.map(({ text }) => text), ...studio.log.map(formatLogEntry)].join('\n')
    expect(everything).not.toContain('Parents in Berlin')
    expect(visit.errors).toEqual([])
  })
})
