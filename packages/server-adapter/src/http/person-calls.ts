import { type AuditFilter, type GetAuditResponse, LIMITS, type TaskLogger } from '@brandkit/core'
import { lazily, PROTOCOL } from '@brandkit/core/schemas'
import * as z from 'zod'
import type { Clock } from '../clock.js'
import { DEFAULT_TENANT } from '../principal.js'
import { createIdSchema, createUserIdSchema } from '../principal.schema.js'
import { erasePerson } from '../runtime/privacy/erase-person.js'
import { exportPerson } from '../runtime/privacy/export-person.js'
import type { ExportedRecord } from '../runtime/privacy/exported-record.js'
import type { AuditQuery, EraseOutcome } from '../store/audit.js'
import type { TaskStore } from '../store/task-store.js'
import { parseInput } from './perform-action.js'
import { toBody } from './read-body.js'

/** Whose data are exported or erased. */
export interface PersonInput {
  userId: string
  /** Default `default`, as in principals. */
  tenantId?: string | undefined
  /** Who asks for it, for the audit: the id of the user, or of an operator. Default `server`. */
  by?: string | undefined
}

type Person = Required<{ [Field in keyof PersonInput]: string }>

const personSchema = lazily(() =>
  z.strictObject({
    userId: createUserIdSchema(),
    tenantId: createIdSchema().default(DEFAULT_TENANT),
    by: createIdSchema().default('server'),
  }),
)

/** @throws TaskError `invalid_request` */
function parsePerson(given: unknown, name: string): Person {
  return parseInput(given, { schema: { request: personSchema }, name }) as Person
}

const auditQuerySchema = lazily(() => PROTOCOL.audit.request.extend({ tenantId: createIdSchema().optional() }))

/** @throws TaskError `invalid_request` */
function parseAuditQuery(given: unknown): AuditQuery {
  const query = toBody(given, { maxBytes: LIMITS.payloadBytes })
  return parseInput(query, { schema: { request: auditQuerySchema }, name: 'audit' }) as AuditQuery
}

interface PersonCallServices {
  store: TaskStore
  clock: Clock
  logger: TaskLogger
  /** Resolves when the store is open. */
  connected: () => Promise<void>
}

/** The calls of server code about the data of people. Their docstrings are those of `TaskServer`. */
export function createPersonCalls({ store, clock, logger, connected }: PersonCallServices) {
  return {
    async audit(asked: AuditFilter & { tenantId?: string | undefined } = {}): Promise<GetAuditResponse> {
      const query = parseAuditQuery(asked)
      await connected()
      return store.audit(query)
    },
    async *exportUser(given: PersonInput): AsyncGenerator<ExportedRecord, void> {
      const person = parsePerson(given, 'exportUser')
      await connected()
      yield* exportPerson(person, { store, clock })
    },
    async eraseUser(given: PersonInput): Promise<EraseOutcome> {
      const person = parsePerson(given, 'eraseUser')
      await connected()
      return erasePerson(person, { store, logger })
    },
  }
}
