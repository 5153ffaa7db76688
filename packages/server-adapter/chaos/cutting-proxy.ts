import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface CuttingProxy {
  port: number
  /** From now on whatever the server answers is lost, and the connection with it: what was asked for has happened. */
  dropReplies(): void
  /** From now on replies pass again. */
  heal(): void
  /** How many connections were cut. */
  readonly cuts: number
  close(): Promise<void>
}

/** Stands in front of a database and loses replies. */
export async function startCuttingProxy(target: { host: string; port: number }): Promise<CuttingProxy> {
  let dropping = false
  let cuts = 0
  const open = new Set<Socket>()

  const server = createServer((client) => {
    const upstream = connect(target)
    const end = () => {
      client.destroy()
      upstream.destroy()
      open.delete(client)
    }
    open.add(client)
    client.on('data', (data) => upstream.write(data))
    upstream.on('data', (data) => {
      if (!dropping) {
        client.write(data)
        return
      }
      cuts += 1
      end()
    })
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    dropReplies() {
      dropping = true
    },
    heal() {
      dropping = false
    },
    get cuts() {
      return cuts
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
