import { startDemo } from './app.ts'
import { runProcess } from './run-process.ts'

await runProcess(async (options) => {
  const demo = await startDemo(options)
  return { line: `listening on ${demo.url}`, stop: () => demo.stop() }
})
