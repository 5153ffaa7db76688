import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '@brandkit/tooling/free-port'

/**
 * Addresses of servers that tests take instead of starting their own, for example of a version that a CI job has as a
 * service. Not set: tests start their own.
 */
export const GIVEN = { postgres: 'TEST_POSTGRES_URL', redis: 'TEST_REDIS_URL' } as const

export interface GivenService {
  /** The address of the server behind a port of ours, so that tests can take the server away from their clients. */
  url: URL
  /** Ends all connections and refuses new ones, as if the server had crashed. Its data stays. */
  kill: () => Promise<void>
  /** Lets connections pass again, on the same port. */
  restart: () => Promise<void>
}

/** The server at the address in the environment variable, or `undefined` when the variable is not set. */
export async function givenService(service: keyof typeof GIVEN): Promise<GivenService | undefined> {
  const address = process.env[GIVEN[service]]
  if (!address) return undefined
  const target = new URL(address)
  const defaultPort = { postgres: 5432, redis: 6379 }[service]
  const open = new Set<Socket>()
  const port = await freePort()

  const gate = createServer((client) => {
    const server = connect({ host: target.hostname, port: Number(target.port || defaultPort) })
    client.pipe(server).pipe(client)
    for (const socket of [client, server]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
  })
  const listen = () => new Promise<void>((resolve) => gate.listen(port, '127.0.0.1', resolve))
  await listen()

  const kill = async () => {
    if (!gate.listening) return
    const closed = new Promise((resolve) => gate.close(resolve))
    for (const socket of open) socket.destroy()
    await closed
  }

  const url = new URL(address)
  url.host = `127.0.0.1:${port}`
  return {
    url,
    kill,
    async restart() {
      await kill()
      await listen()
    },
  }
}
