import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A free port of 127.0.0.1, for a server that must know its address before it listens. It lies below the ports that systems give
 * to outgoing connections (from 32,768 on Linux): a connection of another test would take such a port before the server does.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(10_000, 32_768)
    try {
      await probe(port)
      return port
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error
    }
  }
}

const MOST_ATTEMPTS = 20

/** Listens on the port for a moment. */
function probe(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()))
  })
}
