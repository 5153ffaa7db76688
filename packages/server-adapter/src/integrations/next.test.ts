import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import nextModule from 'next'
import { vi } from 'vitest'
import { listen } from '../testing/listen.js'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { describeMount, type OpenMount } from '../testing/mount-conformance.js'
import type { FetchServer } from './fetch-server.js'

// Next's types say that the function is a property of itself; its module is the function.
const createNext = nextModule as unknown as typeof nextModule.default
const dir = join(import.meta.dirname, 'next-app')
const next = join(import.meta.dirname, '../../node_modules/next/dist/bin/next')

let built: Promise<unknown> | undefined

/** Builds the app as `next build` does, once, then serves it as `next start` does, but in this process. */
async function openNext(server: FetchServer): Promise<OpenMount> {
  vi.stubEnv('NODE_ENV', 'production')
  vi.stubEnv('NEXT_TELEMETRY_DISABLED', '1')
  built ??= promisify(execFile)(process.execPath, [next, 'build', dir])
  await built
  vi.stubGlobal('mountedOnNext', server)
  const app = createNext({ dev: false, dir })
  await app.prepare()
  const handle = app.getRequestHandler()
  const { origin, close } = await listen(createServer((request, response) => void handle(request, response)))
  return {
    url: `${origin}/app/api/jobs`,
    async close() {
      await close()
      await app.close()
      vi.unstubAllEnvs()
      vi.unstubAllGlobals()
    },
  }
}

describeMount('Next', openNext)
describeTaskEndpoint('Next', { open: () => openEndpoint(openNext), capabilities: ['sockets', 'operations'] })
