// Bun or Deno runs this with the URL of a database. Serves the endpoint suite with the runtime's own server, and prints its
// port.
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { createEndpointServer } from '@brandkit/server-adapter/testing'
import { toWebSocketHooks } from '@brandkit/server-adapter/websocket'

const [database = ''] = process.argv.slice(2)
const server = createEndpointServer({ store: postgresStore(database), queue: pgBossQueue() })
await server.start()
const hooks = toWebSocketHooks(server)

// The runtime may start in a grandchild process, which a kill of its parent does not end; the end of stdin does.
process.stdin.resume().on('end', () => process.exit())

if ('Bun' in globalThis) await serveOnBun()
else await serveOnDeno()

function tellPort({ port }: { port: number }): void {
  console.log(`http://127.0.0.1:${port}/api/jobs`)
}

function isUpgrade({ headers }: Request): boolean {
  return headers.get('upgrade') === 'websocket'
}

async function serveOnBun(): Promise<void> {
  const { default: createAdapter } = await import('crossws/adapters/bun')
  const adapter = createAdapter({ hooks })
  const answer = (request: Request, bun: Parameters<typeof adapter.handleUpgrade>[1]) =>
    isUpgrade(request) ? adapter.handleUpgrade(request, bun) : server.handler(request)
  const routes = { '/api/jobs': answer, '/api/jobs/*': answer }
  tellPort((globalThis as BunGlobal).Bun.serve({ port: 0, idleTimeout: 60, routes, websocket: adapter.websocket }))
}

async function serveOnDeno(): Promise<void> {
  const { default: createAdapter } = await import('crossws/adapters/deno')
  const adapter = createAdapter({ hooks })
  ;(globalThis as DenoGlobal).Deno.serve({ port: 0, onListen: tellPort }, (request, info) =>
    isUpgrade(request) ? adapter.handleUpgrade(request, info) : server.handler(request),
  )
}

type BunGlobal = typeof globalThis & { Bun: { serve(options: object): { port: number } } }
type DenoGlobal = typeof globalThis & {
  Deno: {
    serve(
      options: { port: number; onListen: typeof tellPort },
      handler: (request: Request, info: object) => Promise<Response>,
    ): void
  }
}
