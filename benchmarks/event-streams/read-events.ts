import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { clockMs } from '../machine/clock.ts'

/** One task in one status. */
export interface Sight {
  taskId: string
  status: string
}

/** A lightweight reader of events, because thousands share a process. */
export interface EventReader {
  /** Resolves with the time at which the reader first received this, by `clockMs`. */
  seen: (sight: Sight) => Promise<number>
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
  const awaited = new Map<string, PromiseWithResolvers<number>>()
  const snapshot = Promise.withResolvers<void>()
  let text = ''
  response.setEncoding('utf8').on('data', (piece: string) => {
    const at = clockMs()
    text += piece
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const [, data] = /^data: (.*)$/m.exec(message) ?? []
      if (data === undefined) continue
      snapshot.resolve()
      for (const sight of (JSON.parse(data) as { tasks?: Sight[] }).tasks ?? []) {
        const key = keyOf(sight)
        if (!times.has(key)) times.set(key, at)
        awaited.get(key)?.resolve(at)
        awaited.delete(key)
      }
    }
  })
  response.once('close', () => {
    const ended = new Error('The stream has ended.')
    snapshot.reject(ended)
    for (const { reject } of awaited.values()) reject(ended)
  })
  await snapshot.promise
  return {
    async seen(sight) {
      const key = keyOf(sight)
      const time = times.get(key)
      if (time !== undefined) return time
      const sighting = Promise.withResolvers<number>()
      awaited.set(key, sighting)
      return sighting.promise
    },
    close: () => request.destroy(),
  }
}

const keyOf = ({ taskId, status }: Sight) => `${taskId} ${status}`
