import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Type of the message by which a Postgres server delivers a notification (frontend/backend protocol, NotificationResponse). */
const NOTIFICATION = 'A'.charCodeAt(0)
/** A type of one byte, then the length, which counts itself. */
const HEADER_BYTES = 5

/**
 * Stands before a Postgres server as a transaction pooler does: LISTEN is accepted, and nothing that was announced ever
 * arrives. `connectionString` is the server's with the proxy's port.
 */
export async function startSilentProxy(
  connectionString: string,
): Promise<{ connectionString: string; stop: () => Promise<void> }> {
  const target = new URL(connectionString)
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect({ host: target.hostname, port: Number(target.port) })
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
    client.pipe(server)
    let rest: Buffer = Buffer.alloc(0)
    server.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= HEADER_BYTES && rest.length > rest.readInt32BE(1)) {
        const end = 1 + rest.readInt32BE(1)
        if (rest[0] !== NOTIFICATION) client.write(rest.subarray(0, end))
        rest = rest.subarray(end)
      }
    })
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const address = new URL(connectionString)
  address.port = String((proxy.address() as AddressInfo).port)
  return {
    connectionString: address.href,
    async stop() {
      proxy.close()
      for (const socket of sockets) socket.destroy()
      await once(proxy, 'close')
    },
  }
}
