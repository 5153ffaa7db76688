import { startDemo } from './app.ts'
import { runProcess } from './run-process.ts'
import type { ServerMessage } from './supervise.ts'

// Defined only under the supervisor (`npm start`).
const tell = process.send && ((message: ServerMessage) => process.send?.(message))

await runProcess(async (options) => {
  const demo = await startDemo({ ...options, kill: tell && (() => void tell({ kill: true })) })
  tell?.({ listening: demo.url })
  return { line: `listening on ${demo.url}`, stop: () => demo.stop() }
})
