import { type Action, ACTIONS, type TaskCatalog } from '@brandkit/core'
import { lazily, messageSchemas, PROTOCOL, taskSchemas } from '@brandkit/core/schemas'
import * as z from 'zod'
import type { ActionDocument } from '../action-document.js'
import { ACTION_DEFINITIONS } from '../action-definitions.js'
import { refTo, toJsonSchemas } from './json-schema.js'
import type { JsonSchema } from '../document-headers.js'

const problemSchema = lazily(() =>
  z.object({
    type: z.url(),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: taskSchemas.errorCode,
    retryable: z.boolean(),
    traceId: z.string().regex(/^[0-9a-f]{32}$/),
    taskId: z.string().exactOptional(),
    issues: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), message: z.string() })).exactOptional(),
  }),
)

/** The name of the schema of a `POST` body, such as `CancelTaskRequest`. */
export function toRequestName({ id }: Pick<ActionDocument, 'id'>): string {
  return `${capitalised(id)}Request`
}

/** The name of the schema of a response, such as `CancelTaskResponse`. */
export function toResponseName({ id, responseName = `${capitalised(id)}Response` }: ActionDocument): string {
  return responseName
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The schemas of request bodies, and the parts that they share. */
function toRequests(): Record<string, z.ZodType> {
  const actions = Object.values(ACTION_DEFINITIONS).filter(({ name }) => ACTIONS[name].method === 'POST')
  const bodies = actions.map(({ document, schema }) => [toRequestName(document), schema.request])
  return { NewTask: messageSchemas.newTask, ...Object.fromEntries(bodies) }
}

function toReplies(): Record<string, z.ZodType> {
  const actions = Object.entries(ACTION_DEFINITIONS) as [Action, { document: ActionDocument }][]
  const bodies = actions.map(([name, { document }]) => [toResponseName(document), PROTOCOL[name].response])
  return {
    Task: taskSchemas.task,
    TaskSummary: taskSchemas.summary,
    TaskStep: taskSchemas.step,
    TaskErrorCode: taskSchemas.errorCode,
    Problem: problemSchema,
    ...Object.fromEntries(bodies),
  }
}

/**
 * Makes every schema of the document: the protocol's, and each task type's payload and result. Without types, only the
 * protocol's schemas remain.
 */
export function toComponentSchemas(catalog: TaskCatalog): Record<string, JsonSchema> {
  const types = Object.entries(catalog).map(([type, { payload, result }]) => ({
    type,
    suffix: toSuffix(type),
    payload,
    result,
  }))
  const input = toJsonSchemas(
    { ...toRequests(), ...Object.fromEntries(types.map(({ suffix, payload }) => [`NewPayload_${suffix}`, payload])) },
    'input',
  )
  const output = toJsonSchemas(
    {
      ...toReplies(),
      ...Object.fromEntries(types.map(({ suffix, payload }) => [`Payload_${suffix}`, payload])),
      ...Object.fromEntries(types.map(({ suffix, result }) => [`Result_${suffix}`, result])),
    },
    'output',
  )
  const { NewTask = {}, ...requests } = input
  const { Task = {}, ...replies } = output

  if (types.length === 0) return { NewTask, ...requests, Task, ...replies }

  const newTasks = types.map(({ type, suffix }) => [
    `NewTask_${suffix}`,
    specialise(NewTask, { type: { type: 'string', const: type }, payload: refTo(`NewPayload_${suffix}`) }),
  ])
  const tasks = types.map(({ type, suffix }) => [
    `Task_${suffix}`,
    specialise(Task, {
      type: { type: 'string', const: type },
      payload: refTo(`Payload_${suffix}`),
      result: refTo(`Result_${suffix}`),
    }),
  ])
  const otherType = { type: 'string', not: { enum: types.map(({ type }) => type) } }
  return {
    NewTask: oneOfTypes('NewTask_', types, []),
    ...Object.fromEntries(newTasks),
    ...requests,
    Task: oneOfTypes('Task_', types, ['OtherTask']),
    ...Object.fromEntries(tasks),
    OtherTask: {
      description: 'A task of a type that this release does not know, because an earlier or a later one created it.',
      ...specialise(Task, { type: otherType }),
    },
    ...replies,
  }
}

/** Escapes a task type for component names, which allow fewer characters than object keys. */
function toSuffix(type: string): string {
  return type.replaceAll(/[^\w.-]/gu, (character) => `_x${character.codePointAt(0)?.toString(16)}_`)
}

function specialise(schema: JsonSchema, properties: Record<string, JsonSchema>): JsonSchema {
  return { ...schema, properties: { ...(schema['properties'] as object), ...properties } }
}

function oneOfTypes(
  prefix: string,
  types: readonly { type: string; suffix: string }[],
  others: readonly string[],
): JsonSchema {
  const names = [...types.map(({ suffix }) => prefix + suffix), ...others]
  return {
    oneOf: names.map(refTo),
    discriminator: {
      propertyName: 'type',
      mapping: Object.fromEntries(types.map(({ type, suffix }) => [type, refTo(prefix + suffix)['$ref']])),
    },
  }
}

export interface QueryParameter {
  name: string
  in: 'query'
  required: boolean
  schema: JsonSchema
}

/** The query parameters of a `GET`: the parameters of all forms of its request. */
export function toQueryParameters(schema: z.ZodType): QueryParameter[] {
  const { query = {} } = toJsonSchemas({ query: schema }, 'input')
  const forms = (query['anyOf'] ?? [query]) as { properties?: Record<string, JsonSchema>; required?: string[] }[]
  const properties = Object.assign({}, ...forms.map((form) => form.properties)) as Record<string, JsonSchema>
  return Object.entries(properties).map(([name, parameter]) => ({
    name,
    in: 'query',
    required: forms.every(({ required }) => required?.includes(name) === true),
    schema: parameter,
  }))
}
