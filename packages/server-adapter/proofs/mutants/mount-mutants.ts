import { createServer } from 'node:http'
import type { FetchServer } from '../../src/integrations/fetch-server.js'
import { toNode } from '../../src/integrations/node.js'
import { listen } from '../fixtures/listen.js'
import type { OpenMount } from '../../src/testing/mount/mount-in-hand.js'

export interface MountMutant {
  name: string
  /** The name of the suite's test that must fail. */
  breaks: string
  breakIt: (server: FetchServer) => FetchServer['handler']
}

export const MOUNT_MUTANTS: readonly MountMutant[] = [
  {
    name: 'parses JSON on the way',
    breaks: 'keeps every byte of a body, for signatures cover them: spaced out',
    breakIt: (server) => async (request) => {
      // Only for this action, since reading a whole body would wait for ever while the body is still being written.
      if (!request.url.includes('action=process')) return server.handler(request)
      const text = await request.text()
      const body = isJson(text) ? JSON.stringify(JSON.parse(text)) : text
      return server.handler(new Request(request.url, { method: request.method, headers: request.headers, body }))
    },
  },
  {
    name: 'has one of each header',
    breaks: 'keeps its status, its headers and each of its cookies',
    breakIt: (server) => async (request) => {
      const { body, status, headers } = await server.handler(request)
      return new Response(body, { status, headers: Object.fromEntries(headers) })
    },
  },
  {
    name: 'takes a reply in as fast as it comes',
    breaks: 'is produced no faster than the caller reads',
    breakIt: (server) => async (request) => {
      const response = await server.handler(request)
      if (!response.body) return response
      return new Response(
        response.body.pipeThrough(new TransformStream(undefined, undefined, { highWaterMark: Infinity })),
        response,
      )
    },
  },
]

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The mount on Node's own server, with one fault in the server behind it: together they act as a broken mount. */
export async function openMutantMount(
  server: FetchServer,
  breakIt: MountMutant['breakIt'] = (sound) => (request) => sound.handler(request),
): Promise<OpenMount> {
  const { origin, close } = await listen(createServer(toNode({ handler: breakIt(server) })))
  return { url: `${origin}/app/api/jobs`, close }
}
