import { createServer } from 'node:http'
import { listen } from '../testing/listen.js'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { describeMount, type OpenMount } from '../testing/mount-conformance.js'
import type { FetchServer } from './fetch-server.js'
import { toNode } from './node.js'

async function openNode(server: FetchServer): Promise<OpenMount> {
  const { origin, close } = await listen(createServer(toNode(server)))
  return { url: `${origin}/app/api/jobs`, close }
}

describeMount('Node', openNode)
describeTaskEndpoint('Node', { open: () => openEndpoint(openNode), capabilities: ['sockets', 'operations'] })
