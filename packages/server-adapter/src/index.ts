export { createTaskServer, type TaskServer } from './create-task-server.js'
export type { ServerCreateOptions } from './http/server-call.js'
export {
  createOpenapiDocument,
  type OpenapiDocument,
  type OpenapiOptions,
} from './http/openapi/create-openapi-document.js'
export { type ServerCallOptions, type ServerWire, type ServerWriteOptions } from './http/server-wire.js'
export { type TaskServerOptions } from './task-server-options.js'
export { type Principal, type TaskOwner, type TaskReach, type TaskScope } from './principal.js'
export { type AuthorizationRequest, type Authorize, type AuthorizedAction } from './runtime/authorization.js'
export { aroundSteps, type StepName } from './runtime/running/around-steps.js'
export {
  type Generator,
  type GeneratorContext,
  type Generators,
  type PreviousTask,
} from './runtime/running/generator.js'
export { type ReportedUsage } from './runtime/running/reported-usage.js'
export { type MapOptions, type StepFunction } from './runtime/running/step-function.js'
export { type LifecycleStage, type TaskLifecycleEvent, type TaskLifecycleListener } from './runtime/lifecycle.js'
export { type CreateLimiter, type TaskLimits, type TierLimits } from './runtime/creating/task-limits.js'
export { type UsageRequest } from './runtime/spending/usage-reader.js'
export { type MonthlyAmount, type TaskBudget, type TierBudget } from './runtime/spending/task-budget.js'
export {
  type CreateProviderLimiter,
  type ProviderLimit,
  type ProviderLimiter,
  type ProviderLimits,
} from './runtime/providers/provider-limits.js'
export { type NewTaskInput } from './runtime/creating/new-task.js'
export { type MountCaller, type Mounting } from './http/mounting.js'
export { type PersonInput } from './http/person-calls.js'
export { type ExportedRecord } from './runtime/privacy/exported-record.js'
export { type TaskStream, type TaskStreamSink } from './runtime/watching/task-stream.js'
export { type Notice, type NotifyOptions, type NotifyTarget } from './runtime/telling/notify-target.js'
export { type Timings } from './runtime/timings.js'
export { type ClaimLimits, type CreateLimits } from './store/store-limits.js'
export {
  type AttemptEnd,
  type ProviderWait,
  type StepCheckpoint,
  type TaskReport,
  type TextAppend,
} from './store/attempt-writes.js'
export { encryptedStore } from './store/encrypted-store.js'
export { type CodecContext, type PayloadCodec } from './store/encrypted/payload-codec.js'
export { type ListFilter } from './store/list-filter.js'
export { type Lease, type NewStoredTask, type StoredTask, type TaskStore } from './store/task-store.js'
export { type CreateTasksInput, type CreateTasksOutcome } from './store/task-creation.js'
export {
  type Acting,
  type AuditPage,
  type AuditQuery,
  type EraseInput,
  type EraseOutcome,
  ERASED_USER,
  type NewAuditEntry,
} from './store/audit.js'
export { type ClaimInput, type ClaimOutcome } from './store/task-claim.js'
export { type UniqueWork } from './store/unique-work.js'
export { type DueTask, type MaintainInput, type MaintainOutcome } from './store/maintain-pass.js'
export { type EndNotices, type NoticeOutcome, type TakenNotice, type TakeNoticesInput } from './store/notice.js'
export { type SqlConnections, type SqlDatabase, type SqlTransaction } from './store/sql-database.js'
export { type TaskChange, type TaskWatcher } from './store/task-watcher.js'
export { type StoredUsage, type UsageQuery, type UsageReport, type UsageSum } from './store/store-usage.js'
export { type OutlookInput, type StoreOutlook, type StoreStats } from './store/store-outlook.js'
export {
  type Delivery,
  type DeliveryConsumer,
  type PushDelivery,
  type QueueBackend,
  type QueueCapabilities,
  type QueueContext,
} from './queue/queue-backend.js'
export { appendStream, type TextStream } from './runtime/running/append-stream.js'
export { type StoreCapabilities } from './store/store-capabilities.js'
export { type FindOptions, type TextNews, type TextPiece } from './store/task-text.js'
