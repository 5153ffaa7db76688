import {
  cancelTaskSchema,
  createTaskSchema,
  deleteTaskSchema,
  getHealthSchema,
  getOpenapiSchema,
  getStatsSchema,
  getStatusSchema,
  listTasksSchema,
  newTaskSchema,
  processTaskSchema,
  retryTaskSchema,
  taskErrorCodeSchema,
  taskJsonSchema,
  taskStepSchema,
  type TaskCatalog,
  watchTasksSchema,
} from '@brandkit/core'
import * as z from 'zod'
import { type JsonSchema, refTo, toJsonSchemas } from './json-schema.js'

/** What requests of several actions are made of, and the bodies of those that have one. */
const REQUESTS = {
  NewTask: newTaskSchema,
  CreateTaskRequest: createTaskSchema.request,
  CancelTaskRequest: cancelTaskSchema.request,
  RetryTaskRequest: retryTaskSchema.request,
  DeleteTaskRequest: deleteTaskSchema.request,
  ProcessTaskRequest: processTaskSchema.request,
}

const problemSchema = z.object({
  type: z.url(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: taskErrorCodeSchema,
  retryable: z.boolean(),
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  issues: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), message: z.string() })).exactOptional(),
})

const REPLIES = {
  Task: taskJsonSchema,
  TaskStep: taskStepSchema,
  TaskErrorCode: taskErrorCodeSchema,
  Problem: problemSchema,
  CreateTaskResponse: createTaskSchema.response,
  ProcessTaskResponse: processTaskSchema.response,
  GetStatusResponse: getStatusSchema.response,
  CancelTaskResponse: cancelTaskSchema.response,
  RetryTaskResponse: retryTaskSchema.response,
  DeleteTaskResponse: deleteTaskSchema.response,
  ListTasksResponse: listTasksSchema.response,
  TaskStreamEvent: watchTasksSchema.response,
  GetStatsResponse: getStatsSchema.response,
  GetHealthResponse: getHealthSchema.response,
  GetOpenapiResponse: getOpenapiSchema.response,
}

export type RequestName = keyof typeof REQUESTS
export type ReplyName = keyof typeof REPLIES

/** Every schema of the document: those of the protocol, and of each task type what it takes and gives. */
export function toComponentSchemas(catalog: TaskCatalog): Record<string, JsonSchema> {
  const types = Object.entries(catalog).map(([type, { payload, result }]) => ({
    type,
    suffix: toSuffix(type),
    payload,
    result,
  }))
  const input = toJsonSchemas(
    { ...REQUESTS, ...Object.fromEntries(types.map(({ suffix, payload }) => [`NewPayload_${suffix}`, payload])) },
    'input',
  )
  const output = toJsonSchemas(
    {
      ...REPLIES,
      ...Object.fromEntries(types.map(({ suffix, payload }) => [`Payload_${suffix}`, payload])),
      ...Object.fromEntries(types.map(({ suffix, result }) => [`Result_${suffix}`, result])),
    },
    'output',
  )
  const { NewTask = {}, ...requests } = input
  const { Task = {}, ...replies } = output

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

/** Component names are narrower than the keys of an object. */
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

/** The query of a `GET`: every parameter that one of its forms takes. */
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
