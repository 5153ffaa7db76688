import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import type { Socket } from 'node:net'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCuttingProxy } from '../../../proofs/fixtures/cutting-proxy.js'
import { listenOn } from './listen-on.js'

let postgres: TestPostgres
let url: string
beforeAll(async () => {
  postgres = await startPostgres()
  url = await postgres.createDatabase()
})
afterAll(() => postgres.stop())

/** Listens through a proxy that can hang. */
async function listenThroughProxy({ checkEveryMs }: { checkEveryMs?: number } = {}) {
  const address = new URL(url)
  const proxy = await startCuttingProxy({ host: address.hostname, port: Number(address.port) })
  address.port = String(proxy.port)
  const states: string[] = []
  const messages: string[] = []
  const connect = vi.fn((stream: () => Socket) => new Client({ connectionString: address.href, stream }))
  const listen = () =>
    listenOn({
      connect,
      say: notify,
      serverLeft: () => new AbortController().signal,
      channel: 'news',
      onMessage: (message) => messages.push(message),
      onState: (state) => states.push(state),
      checkEveryMs,
    })
  onTestFinished(() => proxy.close())
  return { proxy, listen, connect, states, messages }
}

async function notify(message: string): Promise<void> {
  const client = new Client({ connectionString: url })
  // The last echo may still be on its way when the server stops.
  client.on('error', () => {})
  await client.connect()
  await client.query('select pg_notify($1, $2)', ['news', message])
  await client.end()
}

describe('listenOn', () => {
  it('can be stopped while it connects', async () => {
    const { listen, states } = await listenThroughProxy()
    await listen()()
    expect(states).toEqual([])
  })

  it('can be stopped while the server stands still', async () => {
    const { proxy, listen, states } = await listenThroughProxy()
    const stop = listen()
    await vi.waitFor(() => expect(states).toEqual(['live']))
    proxy.standStill()
    await stop()
    expect(states).toEqual(['live'])
  })

  it('can be stopped while it waits for a server that has never answered', async () => {
    const { proxy, listen, connect } = await listenThroughProxy()
    proxy.standStill()
    const stop = listen()
    await vi.waitFor(() => expect(connect).toHaveBeenCalled())
    await stop()
  })

  it('notices a connection over which nothing comes any more, and hears again over another', async () => {
    const { proxy, listen, connect, states, messages } = await listenThroughProxy({ checkEveryMs: 50 })
    const stop = listen()
    await vi.waitFor(() => expect(states).toEqual(['live']))
    proxy.standStill()
    await vi.waitFor(() => expect(states).toEqual(['live', 'lost']))
    proxy.heal()
    await vi.waitFor(() => expect(states.at(-1)).toBe('live'))
    expect(connect.mock.calls.length).toBeGreaterThan(1)
    await notify('heard')
    await vi.waitFor(() => expect(messages).toEqual(['heard']))
    await stop()
  })
})
