import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface LoopbackRegistry {
  /** `http://127.0.0.1:<port>/` */
  url: string
  /**
   * The `.npmrc` of a project that takes `@brandkit/*` from here, and everything else from where the machine takes it. It
   * also holds a token, because clients refuse to publish without one; this registry asks nobody.
   */
  npmrc: string
  /** Ends the registry and removes what was published. */
  stop(): Promise<void>
}

/**
 * Starts an npm registry (verdaccio) on a free port of 127.0.0.1, empty, with its files in a temporary folder. It is a
 * process of its own, so that tests may wait for `npm install` synchronously; it ends with ours.
 */
export async function startRegistry(): Promise<LoopbackRegistry> {
  const storage = await mkdtemp(join(tmpdir(), 'brandkit-registry-'))
  const server = fork(join(import.meta.dirname, 'serve-registry.ts'), [storage], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaint = ''
  server.stderr?.on('data', (text: Buffer) => (complaint += text.toString()))
  const gone = once(server, 'exit')

  const [port] = (await Promise.race([
    once(server, 'message'),
    gone.then(() => Promise.reject(new Error(`The registry ended before it listened.\n${complaint}`))),
  ])) as [number]
  const url = `http://127.0.0.1:${port}/`

  return {
    url,
    npmrc: [`@brandkit:registry=${url}`, `//127.0.0.1:${port}/:_authToken=loopback`, ''].join('\n'),
    async stop() {
      server.kill('SIGKILL')
      await gone
      await rm(storage, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
