import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'

export function describeWaiting({ call, create, createBatch, until }: EndpointCaller): void {
  const tagged = async (query: Record<string, string>) => {
    const { headers } = await call('status', { query })
    const etag = headers.get('etag')
    expect(etag).toMatch(/^(W\/)?".+"$/)
    return { 'if-none-match': etag! }
  }
  /** Waits until a task that lasts has nothing more to tell: the begin of its second step is the last news. */
  const settled = (taskId: string) => until(taskId, { progress: 25, currentStep: 'print' })
  /** Creates a task that keeps running. */
  const lasting = async () => {
    const { taskId } = await create('lasts')
    await settled(taskId)
    return taskId
  }

  it('answers 304 while nothing is newer than what the caller has, and 200 as soon as something is', async () => {
    const taskId = await lasting()
    const headers = await tagged({ taskId })
    const same = await call('status', { query: { taskId }, headers })
    expect(same.status).toBe(304)
    expect(same.headers.get('etag')).toBe(headers['if-none-match'])

    await call('cancel', { body: { taskId } })
    const news = await call('status', { query: { taskId }, headers })
    expect(news).toMatchObject({ status: 200, body: { task: { status: 'cancelled' } } })
    expect(news.headers.get('etag')).not.toBe(headers['if-none-match'])
  })

  it('knows a tag again that a proxy has made weak, among others', async () => {
    const taskId = await lasting()
    const { 'if-none-match': etag } = await tagged({ taskId })
    const weak = `"other", W/${etag.replace('W/', '')}`
    expect((await call('status', { query: { taskId }, headers: { 'if-none-match': weak } })).status).toBe(304)
    expect((await call('status', { query: { taskId }, headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    await call('cancel', { body: { taskId } })
  })

  it('answers 304 for several tasks and for a batch as well', async () => {
    const { batchId, tasks } = await createBatch(['lasts', 'lasts'])
    const ids = tasks.map(({ taskId }) => taskId)
    for (const taskId of ids) await settled(taskId)
    const queries: Record<string, string>[] = [{ taskIds: ids.join(',') }, { batchId }]
    const tags = await Promise.all(queries.map(tagged))
    for (const [at, query] of queries.entries())
      expect((await call('status', { query, headers: tags[at]! })).status).toBe(304)

    await call('cancel', { body: { taskId: ids[1]! } })
    for (const [at, query] of queries.entries())
      expect((await call('status', { query, headers: tags[at]! })).status).toBe(200)
    await call('cancel', { body: { batchId } })
  })

  it('gives nobody a 304 for a task that is not theirs', async () => {
    const taskId = await lasting()
    const headers = await tagged({ taskId })
    expect((await call('status', { user: 'linus', query: { taskId }, headers })).status).toBe(404)
    await call('cancel', { body: { taskId } })
  })

  it('waits for news when it is asked to, and no longer', async () => {
    const taskId = await lasting()
    const headers = await tagged({ taskId })
    const waiting = call('status', { query: { taskId, wait: '20' }, headers })
    await call('cancel', { body: { taskId } })
    expect(await waiting).toMatchObject({ status: 200, body: { task: { status: 'cancelled' } } })
  })

  it('waits in vain for as long as it was asked to', async () => {
    const taskId = await lasting()
    const headers = await tagged({ taskId })
    expect((await call('status', { query: { taskId, wait: '0.1' }, headers })).status).toBe(304)
    await call('cancel', { body: { taskId } })
  })

  it('waits for nothing when the caller does not say what it has', async () => {
    const taskId = await lasting()
    expect(await call('status', { query: { taskId, wait: '25' } })).toMatchObject({
      status: 200,
      body: { task: { status: 'processing' } },
    })
    await call('cancel', { body: { taskId } })
  })
}
