export {
  taskBatchSchema,
  taskErrorCodeSchema,
  taskJsonSchema,
  taskStepSchema,
  taskSummarySchema,
} from './background-task.schema.js'
export { newTaskSchema, type Protocol, PROTOCOL } from './protocol/messages.schema.js'
export { readQuery } from './protocol/read-query.js'
