import { runProcess } from './run-process.ts'
import { startWorker } from './start-worker.ts'

await runProcess(async (options) => {
  const worker = await startWorker(options)
  return { line: `working on what ${worker.queue} delivers`, stop: () => worker.stop() }
})
