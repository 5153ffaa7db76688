import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/*
 * The process of `npm start`. It runs the server in a process of its own, kills it with SIGKILL when the trace drawer asks
 * for it, and starts it again on the same port. When the server dies in another way, this process ends too.
 */
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** A message of the server: its address, or its wish to be killed. */
export type ServerMessage = { listening: string } | { kill: true }

let server = start(process.env)
// A process group of its own, so that the server gets Ctrl+C only from here, and once.
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
