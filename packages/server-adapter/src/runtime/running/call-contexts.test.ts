import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, createReport, makeReport } from '../../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()

it.each([
  ['claimed in its insert', {}],
  ['claimed from the line', { limits: { runningPerUser: 1 } }],
])('a generator sees the context of no request when its task was %s', async (_how, options) => {
  const request = new AsyncLocalStorage<string>()
  const seen: (string | undefined)[] = []
  const server = await started(
    (context) => {
      seen.push(request.getStore())
      return makeReport(context)
    },
    { concurrency: 1, ...options },
  )
  const people = ['ada', 'grace', 'alan', 'edsger']
  await Promise.all(people.map((person) => request.run(person, () => createReport(server, { name: person }))))
  await vi.waitFor(() => expect(seen).toHaveLength(people.length))
  expect(seen.filter((context) => context !== undefined)).toEqual([])
})

it('a generator sees the context of no request when a request has made and started its server', async () => {
  const request = new AsyncLocalStorage<string>()
  const seen: (string | undefined)[] = []
  await request.run('the first', async () => {
    const server = await started(
      (context) => {
        seen.push(request.getStore())
        return makeReport(context)
      },
      { concurrency: 1 },
    )
    const tasks = ['ada', 'grace'].map((name) => ({ type: 'MAKE_REPORT', brandId: 'aurora', payload: { name } }))
    // A batch comes by messages, and the others by the insert and the line.
    await Promise.all([
      createReport(server, { name: 'alan' }),
      createReport(server, { name: 'edsger' }),
      call(server, 'POST', 'action=create', { body: { tasks } }),
    ])
  })
  await vi.waitFor(() => expect(seen).toHaveLength(4))
  expect(seen.filter((context) => context !== undefined)).toEqual([])
})
