import { DEFAULT_URL } from '@brandkit/core'
import type { TaskServer } from '@brandkit/server-adapter'
import { toNodeUpgrade } from '@brandkit/server-adapter/websocket'
import { createServer, type RequestListener, type Server } from 'node:http'
import { StartError } from './start-error.ts'

/** Only this machine, because the demo has no passwords. */
export const DEFAULT_HOST = '127.0.0.1'

/** Starts an HTTP server. @throws StartError when the port cannot be opened */
export async function listen(
  listener: RequestListener,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartError(explain(error, port, host), { cause: error })),
    )
    server.listen(port, host, resolve)
  })
  return server
}

function explain({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use; stop what listens there or set PORT to another one.`
  if (code === 'EACCES') return `Port ${port} needs more rights than this process has; set PORT to one above 1023.`
  return `The server cannot listen on ${host}:${port} (${code ?? message}); set HOST and PORT to an address of this machine.`
}

/** The address for people; with port 0 only the server knows the port. */
export function addressOf(server: Server, host: string): string {
  return `http://${[DEFAULT_HOST, '0.0.0.0', '::'].includes(host) ? 'localhost' : host}:${portOf(server)}`
}

/** The port that the server really uses, for port 0. */
export function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/** Also serves task events as a WebSocket at the task address; other upgrades get 404. */
export async function acceptUpgrades(http: Server, tasks: Pick<TaskServer, 'openEvents'>): Promise<void> {
  const upgrade = await toNodeUpgrade(tasks)
  http.on('upgrade', (request, socket, head) => {
    if (URL.parse(request.url ?? '', 'http://localhost')?.pathname === DEFAULT_URL) {
      upgrade(request, socket, head)
      return
    }
    // Without a listener, an error of the closing connection would end the process.
    socket.on('error', () => socket.destroy())
    socket.end(NOT_FOUND)
  })
}
