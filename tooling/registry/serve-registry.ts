// The process of `startRegistry`: serves a folder as an npm registry on a free port of 127.0.0.1, until its parent is gone.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runServer } from 'verdaccio'

const [, , storage = ''] = process.argv
const everyone = { access: '$all', publish: '$all', unpublish: '$all' }

const server = (await runServer({
  storage,
  self_path: storage,
  // No other registry is behind this one: what a project takes from elsewhere it takes from its usual registry.
  uplinks: {},
  packages: { '@*/*': everyone, '**': everyone },
  web: { enable: false },
  max_body_size: '50mb',
  log: { type: 'stdout', format: 'json', level: 'error' },
})) as Server

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
