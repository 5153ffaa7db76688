import type { Client } from 'pg'
import type { Listening } from './connection.js'

const FIRST_PAUSE_MS = 250
const LAST_PAUSE_MS = 15_000
/** How long our own message may take to come back. */
const ECHO_MS = 3_000

/**
 * Listens on a connection of its own, and connects again when it is lost. Poolers accept LISTEN and deliver nothing, so
 * a message to ourselves must arrive before the connection counts as live.
 */
export function listenOn(connect: () => Client, { channel, onMessage, onState }: Listening): () => Promise<void> {
  let stopped = false
  let pauseMs = FIRST_PAUSE_MS
  let timer: NodeJS.Timeout | undefined
  let current: Client | undefined
  let attempt: Promise<void> = Promise.resolve()

  function lost(client: Client): void {
    if (current !== client) return
    current = undefined
    void client.end().catch(() => {})
    if (stopped) return
    onState('lost')
    timer = setTimeout(start, pauseMs)
    pauseMs = Math.min(LAST_PAUSE_MS, pauseMs * 2)
  }

  function start(): void {
    const client = connect()
    current = client
    attempt = listen(client).catch(() => lost(client))
  }

  async function listen(client: Client): Promise<void> {
    const echo = `${ECHO}${crypto.randomUUID()}`
    const { promise: heard, resolve, reject } = Promise.withResolvers<void>()
    // Its loss may come while nobody waits for the echo.
    heard.catch(() => {})
    client.on('notification', ({ payload = '' }) => {
      if (payload === echo) return resolve()
      if (!payload.startsWith(ECHO)) onMessage(payload)
    })
    client.on('error', (error) => {
      reject(error)
      lost(client)
    })
    client.on('end', () => {
      reject(new Error('The connection has ended.'))
      lost(client)
    })
    await client.connect()
    await client.query(`listen ${channel}`)
    await client.query('select pg_notify($1, $2)', [channel, echo])
    const tooLate = setTimeout(() => reject(new Error('Nothing is delivered here.')), ECHO_MS)
    await heard.finally(() => clearTimeout(tooLate))
    pauseMs = FIRST_PAUSE_MS
    onState('live')
  }

  start()
  return async () => {
    stopped = true
    clearTimeout(timer)
    const client = current
    current = undefined
    await client?.end().catch(() => {})
    await attempt
  }
}

const ECHO = 'echo '
