export { bullmqQueue, type BullMQQueueOptions } from './queue/bullmq/bullmq-queue.js'
