export {
  taskBatchSchema,
  taskErrorCodeSchema,
  taskJsonSchema,
  taskSchemas,
  taskStepSchema,
  taskSummarySchema,
} from './background-task.schema.js'
export { lazily } from './lazily.js'
export { messageSchemas, newTaskSchema, type Protocol, PROTOCOL } from './protocol/messages.schema.js'
export { usageSchemas } from './usage.schema.js'
export { readQuery } from './protocol/read-query.js'
