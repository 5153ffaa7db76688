import { describe, expect, it } from 'vitest'
import { createAnsweringServer, json, problem, task } from './answering-server.fixture.js'

const server = createAnsweringServer()
const asked = () => server.received.map(({ url }) => url.searchParams.get('taskIds') ?? url.searchParams.get('taskId'))
/** A server that has every task but the missing ones. */
const answerAll = (missing: readonly string[] = []) => {
  server.answer = (response, entry) => {
    const { searchParams } = entry.url
    const ids = searchParams.get('taskIds')?.split(',')
    if (!ids) return json({ task: { ...task, taskId: searchParams.get('taskId') } })(response, entry)
    const tasks = ids.filter((id) => !missing.includes(id)).map((taskId) => Object.assign({}, task, { taskId }))
    return json({ tasks, missing: ids.filter((id) => missing.includes(id)) })(response, entry)
  }
}

describe('single reads that are asked for in one turn', () => {
  it('become one request, which names each id once', async () => {
    answerAll()
    const service = server.open()
    const read = await Promise.all(['a', 'b', 'a', 'c'].map((taskId) => service.getStatus(taskId)))
    expect(read.map(({ taskId }) => taskId)).toEqual(['a', 'b', 'a', 'c'])
    expect(asked()).toEqual(['a,b,c'])
    await service.getStatus('d')
    expect(asked()).toEqual(['a,b,c', 'd'])
  })

  it('become several requests where they are more than one may name', async () => {
    answerAll()
    const service = server.open()
    await Promise.all(Array.from({ length: 150 }, (_, index) => service.getStatus(`task-${index}`)))
    expect(asked().map((ids) => ids?.split(',').length)).toEqual([100, 50])
  })

  it('fail one by one: what is missing fails alone', async () => {
    answerAll(['b'])
    const service = server.open()
    const [a, b] = await Promise.allSettled([service.getStatus('a'), service.getStatus('b')])
    expect(a).toMatchObject({ status: 'fulfilled' })
    expect(b).toMatchObject({ status: 'rejected', reason: { code: 'task_not_found', status: 404 } })
  })

  it('are not spoilt by an id that cannot be one, nor by one that the server refuses', async () => {
    server.answer = (response, entry) => {
      const { searchParams } = entry.url
      const taskId = searchParams.get('taskId')
      if (searchParams.has('taskIds') || taskId === 'bad' || taskId === 'x,y')
        return problem('invalid_request', 400)(response, entry)
      return json({ task: { ...task, taskId } })(response, entry)
    }
    const service = server.open()
    const read = await Promise.allSettled(['a', 'x,y', 'bad', 'b'].map((taskId) => service.getStatus(taskId)))
    expect(read.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(new Set(asked())).toEqual(new Set(['a,bad,b', 'a', 'bad', 'b', 'x,y']))
    expect(asked()).toHaveLength(5)
  })

  it('fail together when the server is not there, without asking again', async () => {
    server.answer = problem('store_unavailable', 503)
    const service = server.open()
    const read = await Promise.allSettled(['a', 'b'].map((taskId) => service.getStatus(taskId)))
    expect(read.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked()).toEqual(['a,b'])
  })

  it('are aborted one by one, and the request with the last of them', async () => {
    let closed = false
    server.answer = (response) => void response.on('close', () => (closed = true))
    const service = server.open()
    const [first, second] = [new AbortController(), new AbortController()]
    const reads = [service.getStatus('a', { signal: first.signal }), service.getStatus('b', { signal: second.signal })]
    const outcomes = Promise.allSettled(reads)
    await expect.poll(() => server.received.length).toBe(1)
    first.abort()
    await expect(reads[0]).rejects.toMatchObject({ name: 'AbortError' })
    expect(closed).toBe(false)
    second.abort()
    await outcomes
    await expect.poll(() => closed).toBe(true)
  })
})
