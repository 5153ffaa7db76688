import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'

/** A lightweight reader of events, because a thousand readers share a process with the clock. */
export interface EventReader {
  /** Resolves with the time at which the task was first seen in this status, in milliseconds of `performance.now()`. */
  seen: (taskId: string, status: string) => Promise<number>
  close: () => void
}

/** Connects, and resolves when the snapshot has arrived. */
export async function readEvents(url: string, user: string): Promise<EventReader> {
  const request = httpRequest(`${url}?action=events`, { headers: { 'x-user': user }, agent: false })
  request.on('error', () => {})
  request.end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  if (response.statusCode !== 200) throw new Error(`events answered ${response.statusCode}`)

  const times = new Map<string, number>()
  const awaited = new Map<string, (at: number) => void>()
  const snapshot = Promise.withResolvers<void>()
  let text = ''
  response.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const [, data] = /^data: (.*)$/m.exec(message) ?? []
      if (data === undefined) continue
      snapshot.resolve()
      for (const { taskId, status } of (JSON.parse(data) as { tasks?: { taskId: string; status: string }[] }).tasks ??
        []) {
        const key = `${taskId} ${status}`
        if (!times.has(key)) times.set(key, performance.now())
        awaited.get(key)?.(times.get(key) ?? NaN)
        awaited.delete(key)
      }
    }
  })
  await snapshot.promise
  return {
    async seen(taskId, status) {
      const key = `${taskId} ${status}`
      return times.get(key) ?? new Promise((resolve) => awaited.set(key, resolve))
    },
    close: () => request.destroy(),
  }
}
