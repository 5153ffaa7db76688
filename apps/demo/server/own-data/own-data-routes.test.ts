import { brandTasks, silentLogger } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { memoryQueue } from '@brandkit/server-adapter/memory'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { expect, it } from 'vitest'
import { createGenerators } from '../generators/create-generators.ts'
import { createWishes } from '../notices/wishes.ts'
import { findPerson, toPrincipal } from '../people.ts'
import { createSessions } from '../session.ts'
import { EXAMPLE_PAYLOADS } from '../testing/example-payloads.ts'
import { handleOwnData } from './own-data-routes.ts'

it('a person downloads what is stored about them, a document a line, and erases it', async () => {
  const store = postgresStore('memory://own-data')
  const wishes = createWishes(store)
  const tasks = createTaskServer({
    catalog: brandTasks,
    store,
    queue: memoryQueue(),
    authenticate: () => null,
    generators: createGenerators({ paceMs: 0 }),
    logger: silentLogger,
  })
  const sessions = createSessions('a secret of this test')
  const ada = findPerson('ada')!
  const token = await sessions.issue(ada)
  const ask = async (method: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
    handleOwnData(new Request('http://studio.test/api/demo/own-data', { method, headers }), { tasks, wishes, sessions })
  const download = async () => {
    const lines = (await (await ask('GET')).text()).trim().split('\n')
    return lines.map((line) => JSON.parse(line) as { kind: string })
  }

  try {
    const { taskId } = await tasks.as(toPrincipal(ada, 'own')).create({
      type: 'AUTO_GENERATE_PERSONAS',
      brandId: 'aurora',
      payload: EXAMPLE_PAYLOADS.AUTO_GENERATE_PERSONAS,
    })
    await wishes.setMail('ada', true)
    expect(await download()).toMatchObject([
      { kind: 'task', task: { taskId, payload: EXAMPLE_PAYLOADS.AUTO_GENERATE_PERSONAS } },
      { kind: 'act', act: { action: 'export', by: 'ada' } },
    ])

    const erased = await ask('DELETE')
    expect(await erased.json()).toEqual({ erased: 1 })
    expect(erased.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(await wishes.read('ada')).toEqual({ mail: false, subscriptions: [] })
    expect(await download()).toMatchObject([{ kind: 'act', act: { action: 'export' } }])
    await expect(ask('GET', {})).rejects.toMatchObject({ status: 401 })
    await expect(ask('POST')).rejects.toMatchObject({ status: 405 })
  } finally {
    await tasks.stop()
  }
})
