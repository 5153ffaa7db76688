export { memoryQueue } from './queue/memory-queue.js'
