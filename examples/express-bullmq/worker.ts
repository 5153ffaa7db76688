import { taskServer } from './task-server.ts'

await taskServer.start()
console.log(`Process ${process.pid} works`)
process.once('SIGTERM', () => void taskServer.stop()) // lets tasks finish for 10 s, hands the others back
