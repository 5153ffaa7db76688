import type { ContenderName } from './contenders.ts'
import type { JsonObject } from './work.ts'

/** One way to keep and run tasks: ours, or what a team would build instead. It serves its API and works in one process. */
export interface Contender {
  /** Opens the database, begins to work and to listen. Resolves when clients may come. */
  start(): Promise<void>
  /** Address of the API, known after `start`. `POST` creates a task; `GET ?taskIds=a,b` reads statuses. */
  readonly url: string
  /** Every task that is kept, read from the database itself. */
  audit(): Promise<AuditedTask[]>
  /** Ends the work, and closes what `start` has opened. */
  stop(): Promise<void>
}

/** A task as its row has it. */
export interface AuditedTask {
  taskId: string
  status: string
  payload: JsonObject
  result: JsonObject | null
  /** How often a worker has taken it. */
  attempts: number
}

/** Empty places for one contender only. */
export interface Places {
  /** A database of a Postgres server, `postgres://…`. */
  postgres: string
  /** `redis://…` */
  redis: string
  /** Exists, and holds nothing. */
  folder: string
}

export interface ContenderOptions extends Places {
  /** Tasks that may run at once. */
  concurrency: number
}

export type CreateContender = (options: ContenderOptions) => Contender

/** A contender whose process can be measured. */
export interface MeasuredContender extends Contender {
  readonly pid: number
  /** CPU that its process has used, in microseconds, as it says itself. */
  cpu(): Promise<number>
  /** Resident memory of its process, in bytes. */
  memory(): Promise<number>
}

export type Launch = (name: ContenderName, options: ContenderOptions) => MeasuredContender
