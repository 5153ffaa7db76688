import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { createReport, makeReport } from '../../../proofs/fixtures/sample-tasks.js'

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
