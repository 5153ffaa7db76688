import type { TaskJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { input, setUpFakeServer as setUp } from './fake-server.fixture.js'

const pending = { key: 'words', title: 'Words', status: 'pending' }

const WRONG: [fields: object, complaint: RegExp][] = [
  [{ createdAt: 'yesterday' }, /createdAt is "yesterday"\. Expected an ISO 8601 time such as 2027/],
  [{ updatedAt: 'zzz' }, /updatedAt is "zzz"\. Expected an ISO 8601 time/],
  [{ runAt: new Date(0) }, /runAt is an object/],
  [{ progress: 250 }, /progress is 250\. .*<=100/],
  [{ progress: -5 }, /progress is -5\. .*>=0/],
  [{ progress: Number.NaN }, /progress is NaN\. .*expected number/],
  [{ version: 0 }, /version is 0\. .*>=1/],
  [{ version: 1e20 }, /version is 100000000000000000000\. /],
  [{ retryCount: 1.5 }, /retryCount is 1\.5\. .*expected int/],
  [{ priority: 'urgent' }, /priority is "urgent"\. .*"low"\|"normal"\|"high"/],
  [{ steps: [{}] }, /steps\.0\.key is undefined\. .*expected string/],
  [{ steps: null }, /steps is null\. .*expected array/],
  [{ status: 'banana' }, /status is "banana"\. .*"queued"/],
  [{ status: undefined }, /status is undefined\. .*"queued"/],
  [{ type: 'constructor' }, /type is "constructor"\. The catalog has GENERATE_/],
  [{ title: undefined }, /title is undefined\. .*expected string/],
  [{ progess: 5 }, /Unrecognized key: "progess"/],
  [{ userId: '' }, /userId is ""\. No request could ask/],
  [{ createdAt: '2020-01-01', queuedAt: '2020-01-02' }, /queuedAt is "2020-01-02T.*give one of the two times/],
  [{ estimatedCompletion: '2027-03-01T09:00:00.000Z' }, /estimatedCompletion cannot be written\. .*`hints`/],
  [{ steps: [pending, pending] }, /steps has the key "words" twice/],
  [{ payload: { size: 1n } }, /payload cannot be written as JSON/],
  [{ completedAt: '2027-03-01T09:00:00.000Z' }, /completedAt is .* has not ended/],
]

describe('a wrong task', () => {
  it.each(WRONG)('as a seed of %o is refused, and leaves no trace', async (fields, complaint) => {
    const { server, send } = setUp({ scenario: null })
    expect(() => server.seed(fields as Partial<TaskJson>)).toThrow(complaint)
    expect(() => server.seed(fields as Partial<TaskJson>)).toThrow(/^seed\(\) wrote nothing\. /)
    expect(server.tasks()).toEqual([])
    expect(await send('action=list')).toMatchObject({ status: 200, body: { tasks: [] } })
  })

  it.each(WRONG)('as a change to %o is refused, and leaves the task as it was', async (fields, complaint) => {
    const { server, send } = setUp({ scenario: null })
    const before = server.seed()
    expect(() => server.change(before.taskId, fields as Partial<TaskJson>)).toThrow(complaint)
    expect(server.tasks()).toEqual([before])
    expect(await send('action=list')).toMatchObject({ status: 200, body: { tasks: [{ version: before.version }] } })
  })

  it.each([null, 5, 'progress', [], () => {}])('that is no object is refused: %o', (fields) => {
    const { server } = setUp({ scenario: null })
    const before = server.seed()
    expect(() => server.seed(fields as never)).toThrow(/^seed\(\) wrote nothing\. It takes the fields of a task/)
    expect(() => server.change(before.taskId, fields as never)).toThrow(/^change\(\) wrote nothing\. It takes/)
    expect(server.tasks()).toEqual([before])
  })

  it.each([
    [{ version: 5 }, { version: 3 }, /version is 3\. A change is newer than version 5/],
    [{ version: 5 }, { version: 5 }, /version is 5\. A change is newer than version 5/],
    [{ status: 'completed' }, { status: 'processing' }, /completed has ended and stays so; seed another task/],
    [{ status: 'failed' }, { status: 'cancelled' }, /failed has ended/],
    [{}, { status: 'completed' }, /queued can become processing, failed, cancelled/],
    [{}, { taskId: 'another' }, /taskId is "another"\. The id of a task does not change/],
  ] as [Partial<TaskJson>, Partial<TaskJson>, RegExp][])('%o cannot change to %o', (seed, fields, complaint) => {
    const { server } = setUp({ scenario: null })
    const before = server.seed(seed)
    expect(() => server.change(before.taskId, fields)).toThrow(complaint)
    expect(server.tasks()).toEqual([before])
  })
})

describe('a seed', () => {
  it('may give its times as dates, and with an offset', () => {
    const { server } = setUp()
    const times = { createdAt: '2020-01-01', runAt: '2020-01-01T02:00:00+02:00' }
    const midnight = '2020-01-01T00:00:00.000Z'
    expect(server.seed(times)).toMatchObject({ createdAt: midnight, queuedAt: midnight, runAt: midnight })
  })

  it('does not replace a task', () => {
    const { server } = setUp()
    const before = server.seed()
    expect(() => server.seed({ taskId: before.taskId } as Partial<TaskJson>)).toThrow(/There is a task .* already/)
    expect(server.tasks()).toEqual([before])
  })

  it('may have the id that the next create would get', async () => {
    const [first, second] = [setUp(), setUp()]
    const { taskId } = await first.create()
    await second.server.fetch('/api/jobs?action=list')
    // The seed takes the first number of the counter for its title.
    const next = taskId.replace(/1$/, '2')
    second.server.seed({ taskId: next })
    expect(await second.post('create', input)).toMatchObject({ status: 202 })
    expect(new Set(second.server.tasks().map((task) => task.taskId)).size).toBe(2)
  })

  it('belongs to the tenant that the test names', async () => {
    const { server, send } = setUp({ userOf: () => ({ userId: 'ada', tenantId: 'acme' }) })
    const { taskId } = server.seed({ title: 'Ours' }, { tenantId: 'acme' })
    const elsewhere = server.seed({ title: 'Elsewhere' })
    expect(await send(`action=status&taskId=${taskId}`)).toMatchObject({
      status: 200,
      body: { task: { title: 'Ours' } },
    })
    expect((await send(`action=status&taskId=${elsewhere.taskId}`)).status).toBe(404)
  })
})

describe('a change', () => {
  it('of one of the two times of its beginning changes both', () => {
    const { server } = setUp()
    const { taskId } = server.seed()
    const midnight = '2020-01-01T00:00:00.000Z'
    expect(server.change(taskId, { queuedAt: '2020-01-01' })).toMatchObject({ createdAt: midnight, queuedAt: midnight })
    expect(server.change(taskId, { createdAt: '2020-01-02' })).toMatchObject({ queuedAt: '2020-01-02T00:00:00.000Z' })
  })

  it('to undefined removes an optional field', () => {
    const { server } = setUp()
    const { taskId } = server.seed({ status: 'processing', currentStep: 'channels' })
    expect(server.change(taskId, { currentStep: undefined } as never)).not.toHaveProperty('currentStep')
  })
})

describe('a written task that waits for others', () => {
  it('names them, keeps its own time, and waits until a test says otherwise', async () => {
    const { server, clock } = setUp({ scenario: null })
    const waitsFor = [{ taskId: 'kit', title: 'Brand kit' }]
    const { taskId } = server.seed({ waitsFor, runAt: '2099-01-01T00:00:00.000Z' })
    await clock.advance(3_600_000)
    expect(server.tasks()).toMatchObject([{ status: 'queued', waitsFor, runAt: '2099-01-01T00:00:00.000Z' }])
    expect(server.change(taskId, { status: 'processing' })).not.toHaveProperty('waitsFor')
  })
})
