import { DEFAULT_URL } from '@brandkit/core'
import type { TaskServer } from '@brandkit/server-adapter'
import { toNodeUpgrade } from '@brandkit/server-adapter/websocket'
import type { Server } from 'node:http'

const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/** Serves the events of tasks as a WebSocket too, where the tasks live; nothing else here can be upgraded. */
export async function acceptUpgrades(http: Server, tasks: Pick<TaskServer, 'openEvents'>): Promise<void> {
  const upgrade = await toNodeUpgrade(tasks)
  http.on('upgrade', (request, socket, head) => {
    if (URL.parse(request.url ?? '', 'http://localhost')?.pathname === DEFAULT_URL) {
      upgrade(request, socket, head)
      return
    }
    // Unheard, the error of a connection that breaks now would end the process.
    socket.on('error', () => socket.destroy())
    socket.end(NOT_FOUND)
  })
}
