export { TaskOperations, type TaskOperationsProps } from './operations/task-operations.js'
export type { OperationsService } from './operations/operations-context.js'
export type { OperationsFilter } from './operations/operations-filter.js'
export type { OperationsLabelKey, OperationsLabels } from './operations/operations-labels.js'
export type {
  OperationsFrame,
  OperationsLooks,
  OperationsPart,
  OperationsSlots,
  OperationsTaskPart,
  OperationsTaskSlotProps,
} from './operations/operations-looks.js'
export type { OperationsUser } from './operations/filter-bar.js'
