import { describeError } from '@brandkit/core'
import { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from 'pg'
import { waitAtMost } from '../../patience.js'
import type { Listening } from '../sql-database.js'

const FIRST_PAUSE_MS = 250
const LAST_PAUSE_MS = 15_000
const CONNECT_MS = 10_000
/** How long a statement may take to be answered, or our own message to arrive. */
const ANSWER_MS = 3_000
/** How long a server may take to close the connection. */
const GOODBYE_MS = 1_000

/** How many checks may pass before the row among the listeners is renewed. */
const RENEW_EVERY = 3

export interface Renewing {
  /** Tells others, as long as notifications arrive, that this process hears them. Default: it is not told. */
  renew?: (() => Promise<'made' | 'renewed'>) | undefined
}

export interface ListenOptions extends Listening, Renewing {
  connect: (stream: () => Socket) => Client
  /** Notifies the channel with `payload`, over another connection than the listening one. */
  say: (payload: string) => Promise<void>
  /** Aborts when the pool leaves the server that is dialled now. */
  serverLeft: () => AbortSignal
}

/**
 * Listens on a connection of its own, and reconnects when the connection is lost. A pooler in transaction mode accepts
 * LISTEN but delivers only notifications of the same server connection. So we send a message over another connection; this
 * one counts as live once the message arrives. The check repeats from time to time.
 */
export function listenOn(options: ListenOptions): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping

  async function keepListening(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    const onLive = () => {
      pauseMs = FIRST_PAUSE_MS
      options.onState('live')
    }
    while (!signal.aborted) {
      const socket = new Socket()
      const client = options.connect(() => socket)
      const reason = await listen(client, { ...options, onLive, signal }).catch(reasonOf)
      if (!signal.aborted) options.onState('lost', reason)
      await waitAtMost(GOODBYE_MS, [client.end()])
      // A hanging server must not keep the caller or the process waiting.
      socket.destroy()
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => {})
      pauseMs = Math.min(LAST_PAUSE_MS, pauseMs * 2)
    }
  }

  const ended = keepListening()
  return async () => {
    stopping.abort()
    await ended
  }
}

/** Rejects when the connection is lost, or `signal` aborts. */
async function listen(
  client: Client,
  {
    channel,
    onMessage,
    say,
    serverLeft,
    onLive,
    signal,
    checkEveryMs = 5_000,
    renew = async () => 'renewed',
  }: ListenOptions & { onLive: () => void; signal: AbortSignal },
): Promise<never> {
  const lost = new AbortController()
  client.on('error', () => lost.abort()).on('end', () => lost.abort())
  const over = AbortSignal.any([signal, lost.signal, serverLeft()])
  let echo = { payload: '', arrived: () => {} }
  client.on('notification', ({ payload = '' }) => {
    if (payload === echo.payload) echo.arrived()
    if (!payload.startsWith(ECHO)) onMessage(payload)
  })

  /** pg never settles a request on a connection that was ended, so every wait has a time-out and an abort signal. */
  function unlessOver<T>(work: Promise<T>, ms: number): Promise<T> {
    const late = wait(ms, undefined, { signal: over, ref: false })
    return Promise.race([work, late.then(() => Promise.reject(new Error('The server does not answer.')))])
  }

  async function notifyOurselves(): Promise<void> {
    const { promise: arrived, resolve } = Promise.withResolvers<void>()
    echo = { payload: ECHO + crypto.randomUUID(), arrived: resolve }
    await unlessOver(say(echo.payload), ANSWER_MS)
    await unlessOver(arrived, ANSWER_MS).catch((error: unknown) => {
      throw over.aborted ? error : new Error(UNHEARD)
    })
  }

  await unlessOver(client.connect(), CONNECT_MS)
  await unlessOver(client.query(`listen "${channel}"`), ANSWER_MS)
  try {
    await notifyOurselves()
  } catch (error) {
    // Otherwise the pooler's server connection would go on listening without a client.
    await unlessOver(client.query(`unlisten "${channel}"`), ANSWER_MS)
    throw error
  }
  await unlessOver(renew(), ANSWER_MS)
  onLive()
  for (let check = 1; ; check += 1) {
    await wait(checkEveryMs, undefined, { signal: over, ref: false })
    await notifyOurselves()
    if (check % RENEW_EVERY === 0 && (await unlessOver(renew(), ANSWER_MS)) === 'made') throw new Error(FORGOTTEN)
  }
}

const ECHO = 'echo '
const UNHEARD =
  'A message that was sent over another connection did not arrive. A pooler in transaction mode accepts LISTEN and delivers nothing.'

const FORGOTTEN = 'Another process took this one for dead, so changes may have been made without a notification.'

function reasonOf(error: unknown): string {
  const isAborted = error instanceof Error && error.name === 'AbortError'
  return isAborted ? 'The connection was lost.' : describeError(error)
}
