import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { TEXTS } from './endpoint-tasks.js'

export function describeReadingText({ call, create, until }: EndpointCaller): void {
  const whole = TEXTS.join('')
  const read = async (taskId: string, query: Record<string, string> = {}) => {
    const { body } = await call('text', { query: { taskId, ...query } })
    return body
  }
  const written = async () => {
    const { taskId } = await create('writes')
    return until(taskId, { status: 'completed' })
  }

  it('leads a reader that waits for each piece to the whole text, although an attempt has failed', async () => {
    const { taskId } = await create('writes')
    let [text, cursor, isComplete] = ['', '', false]
    while (!isComplete) {
      const news = await read(taskId, { cursor, wait: '20' })
      // Each answer leads on: a server that repeats itself would otherwise be asked without end.
      expect(news.isComplete || news.cursor !== cursor).toBe(true)
      text = text.slice(0, news.from) + news.text
      ;({ cursor, isComplete } = news)
    }
    expect(text).toBe(whole)
  })

  it('sends nothing twice: a task has a cursor, and nothing is new behind it', async () => {
    const { taskId, textCursor } = await written()
    expect(await read(taskId)).toEqual({ text: whole, cursor: textCursor, from: 0, isComplete: true })
    expect(await read(taskId, { cursor: textCursor! })).toEqual({
      text: '',
      cursor: textCursor,
      from: whole.length,
      isComplete: true,
    })
  })

  it('is empty for a task that has appended nothing, which has no cursor', async () => {
    const { taskId } = await create('completes')
    expect(await until(taskId, { status: 'completed' })).not.toHaveProperty('textCursor')
    expect(await read(taskId, { wait: '20' })).toEqual({ text: '', cursor: '', from: 0, isComplete: true })
  })

  it('waits no longer than it was asked to', async () => {
    const { taskId } = await create('lasts')
    expect(await read(taskId, { wait: '0.1' })).toMatchObject({ text: '', isComplete: false })
    await call('cancel', { body: { taskId } })
  })

  it('of a foreign task answers as that of an unknown one does', async () => {
    const { taskId } = await written()
    const [foreign, unknown] = await Promise.all([
      call('text', { user: 'linus', query: { taskId } }),
      call('text', { query: { taskId: '0198-unknown' } }),
    ])
    expect(foreign).toMatchObject({ status: 404, body: { code: 'task_not_found', detail: unknown.body.detail } })
  })

  it('is gone with the content of its task', async () => {
    const { taskId } = await written()
    await call('delete', { body: { taskId } })
    expect(await call('text', { query: { taskId } })).toMatchObject({ status: 410, body: { code: 'task_gone' } })
  })

  it('refuses a cursor that is none', async () => {
    const { taskId } = await create()
    for (const cursor of ['nonsense', '1.x', '1.1'.repeat(20)])
      expect(await call('text', { query: { taskId, cursor } })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      })
  })
}
