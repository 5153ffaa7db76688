export { qstashQueue, type QStashQueueOptions } from './queue/qstash/qstash-queue.js'
export { type QStashClient, type QStashFlowControl, type QStashMessage } from './queue/qstash/qstash-client.js'
export { scheduleTicks, type ScheduleTicksOptions } from './queue/qstash/schedule-ticks.js'
