export { memoryQueue } from './queue/memory-queue.js'
export { memoryStore, type MemoryStoreOptions } from './store/memory-store.js'
