import { afterEach } from 'vitest'
import type { TaskServer } from '../create-task-server.js'
import { makeReport, sampleServer } from './sample-tasks.js'

type SampleServer = Parameters<typeof sampleServer>

/** Servers for the tests of one file, stopped after each. */
export function keepSampleServers() {
  const servers: TaskServer[] = []
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()))
  })

  /** Takes over the stopping of a server that is made elsewhere. */
  function keep(server: TaskServer): TaskServer {
    servers.push(server)
    return server
  }

  return {
    keep,
    /** A sample server that works. */
    async started(generator: SampleServer[0] = makeReport, options: SampleServer[1] = {}): Promise<TaskServer> {
      const server = keep(sampleServer(generator, options))
      await server.start()
      return server
    },
  }
}
