import { createServer } from 'node:http'
import { listen } from '../testing/listen.js'
import { describeMount } from '../testing/mount-conformance.js'
import { toNode } from './node.js'

describeMount('Node', async (server) => {
  const { origin, close } = await listen(createServer(toNode(server)))
  return { url: `${origin}/app/api/jobs`, close }
})
