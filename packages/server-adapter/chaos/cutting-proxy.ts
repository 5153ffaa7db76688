import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface ProxyTarget {
  host: string
  port: number
}

export interface CuttingProxy {
  port: number
  /**
   * From now on the answer to every statement is lost, and the connection with it: what was asked for has happened. A
   * connection that is dialled meanwhile comes about, so that a statement which needs a new one is heard as well.
   */
  dropReplies(): void
  /** From now on nothing passes in either direction and nothing is closed, as with a server that stands still. */
  standStill(): void
  /** From now on all passes again, what was held up first. */
  heal(): void
  /** New connections go there, as with a name or an address that moves. Those that are open stay with the old server. */
  turnTo(target: ProxyTarget): void
  /** How many connections were cut. */
  readonly cuts: number
  close(): Promise<void>
}

/** First bytes of what asks for something: `Query` and `Parse` (PostgreSQL, section "Message Formats"). */
const STATEMENTS: ReadonlySet<number | undefined> = new Set([0x51, 0x50])

/** Stands in front of a database, and loses or holds up what is said. */
export async function startCuttingProxy(firstTarget: ProxyTarget): Promise<CuttingProxy> {
  let target = firstTarget
  let dropping = false
  let still = false
  let cuts = 0
  /** Each connection by both of its ends. */
  const open = new Set<[Socket, Socket]>()

  const server = createServer((client) => {
    const upstream = connect(target)
    const end = () => {
      client.destroy()
      upstream.destroy()
      open.delete(ends)
    }
    const ends: [Socket, Socket] = [client, upstream]
    open.add(ends)
    let isAsked = false
    client.on('data', (data: Buffer) => {
      isAsked ||= dropping && STATEMENTS.has(data[0])
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (!dropping || !isAsked) {
        client.write(data)
        return
      }
      cuts += 1
      end()
    })
    for (const socket of ends) socket.on('error', end).on('close', end)
    if (still) client.pause()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    dropReplies() {
      dropping = true
    },
    standStill() {
      still = true
      // Not even the end of a connection is noticed by whom nobody reads.
      for (const socket of [...open].flat()) socket.pause()
    },
    heal() {
      dropping = false
      still = false
      for (const socket of [...open].flat()) socket.resume()
    },
    turnTo(next) {
      target = next
    },
    get cuts() {
      return cuts
    },
    async close() {
      for (const [client] of open) client.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
