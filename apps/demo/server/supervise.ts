import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/*
 * What `npm start` runs: the server in a process of its own, which is killed for real (SIGKILL) when the trace drawer
 * asks for it, and then started again on the same port. When something else kills the server, this process ends too.
 */
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** What the server tells: where it listens, or that it wants to be killed. */
export type ServerMessage = { listening: string } | { kill: true }

let server = start(process.env)
// In a group of its own, the server hears of Ctrl+C only from here, and once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))

function start(env: NodeJS.ProcessEnv): ChildProcess {
  const child = fork(MAIN, { env, detached: true })
  let port = env['PORT']
  let isWanted = false
  child.on('message', (message: ServerMessage) => {
    if ('listening' in message) port = new URL(message.listening).port
    if (!('kill' in message)) return
    isWanted = true
    child.kill('SIGKILL')
  })
  child.once('exit', (code) => {
    if (!isWanted) process.exit(code ?? 1)
    console.error('The server was killed from the trace drawer; it is started again.')
    server = start({ ...env, PORT: port })
  })
  return child
}
