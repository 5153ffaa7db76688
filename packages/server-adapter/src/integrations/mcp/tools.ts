import { lazily } from '@brandkit/core/schemas'
import type { TaskDefinition } from '@brandkit/core'
import type { JsonSchema } from '../../http/document-headers.js'
import type { Mounting } from '../../http/mounting.js'
import type { Principal } from '../../principal.js'
import { helperSchemas, toInputSchema, toOutputSchema } from './tool-schemas.js'

/** A tool as `tools/list` describes it. */
interface Tool {
  name: string
  title: string
  description: string
  inputSchema: JsonSchema
  outputSchema: JsonSchema
  annotations: Readonly<Record<string, boolean>>
  /** Only a client of the revision 2025-11-25 reads it. Absent: the tool is no task. */
  execution?: { taskSupport: 'optional' }
}

/** The tools of a mount. */
export interface Tools {
  /** Whether the tool makes a background task. */
  isType(name: string): boolean
  /** The tools for a caller: a brand is one of the caller's. */
  list(principal: Principal): Tool[]
}

interface ToolsOptions extends Pick<Mounting, 'catalog'> {
  /** The types that have a generator. */
  served: readonly string[]
  /** The types that become tools. */
  types: readonly string[]
  /** What a model reads of a type. */
  descriptions: Readonly<Record<string, string>>
}

/** Waits for a task that an earlier call has made: for clients that know no MCP tasks. */
export const GET_TASK = 'get_task'
export const CANCEL_TASK = 'cancel_task'

/** What providers of models accept as the name of a tool. */
const TOOL_NAME = /^[\w-]{1,64}$/

/** So many brands can be named in a schema. */
const MOST_BRANDS = 100

/** @throws TypeError for a type that cannot be a tool, and for a description of no type */
export function createTools({ catalog, served, types, descriptions }: ToolsOptions): Tools {
  for (const type of types) {
    if (TOOL_NAME.test(type) && type !== GET_TASK && type !== CANCEL_TASK) continue
    throw new TypeError(
      `The task type "${type}" cannot be the name of an MCP tool: use 1 to 64 letters, digits, _ and -, and neither ${GET_TASK} nor ${CANCEL_TASK}. Or leave it out: \`types\` names the types that become tools.`,
    )
  }
  const unserved = types.find((type) => !served.includes(type))
  if (unserved !== undefined) {
    throw new TypeError(`There is no generator for "${unserved}" of \`types\`. There is one for: ${served.join(', ')}.`)
  }
  const stray = Object.keys(descriptions).find((type) => !types.includes(type))
  if (stray !== undefined) {
    throw new TypeError(`There is a description for "${stray}", which is no tool. Tools: ${types.join(', ')}.`)
  }
  // Converting the schemas takes a while, so it waits for the first caller.
  const typeTools = types.map((type) => {
    const definition = catalog[type] as TaskDefinition
    return lazily(() => toTool(type, definition, descriptions[type]))
  })

  return {
    isType: (name) => types.includes(name),
    list: ({ brandIds }) => [...typeTools.map((tool) => forBrands(tool, brandIds)), ...HELPERS],
  }
}

function toTool(type: string, definition: TaskDefinition, description: string | undefined): Tool {
  const steps = Object.values(definition.steps).map(({ title }) => title)
  return {
    name: type,
    title: toTitle(type),
    description:
      description ??
      `${toTitle(type)}, as a background task that may take minutes.${steps.length > 0 ? ` Steps: ${steps.join(', ')}.` : ''}`,
    inputSchema: toInputSchema(definition),
    outputSchema: toOutputSchema(definition),
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    execution: { taskSupport: 'optional' },
  }
}

/** `GENERATE_MEDIA_PLAN` as "Generate media plan". */
function toTitle(type: string): string {
  const words = type.replaceAll(/[_-]+/g, ' ').trim().toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function forBrands(tool: Tool, brandIds: Principal['brandIds']): Tool {
  const { properties, required, ...schema } = tool.inputSchema as JsonSchema & {
    properties: Record<string, JsonSchema>
    required: string[]
  }
  const isOnly = brandIds !== '*' && brandIds.length === 1
  const brandId = {
    type: 'string',
    description: isOnly ? 'The brand to work for. Default: the only one.' : 'The brand to work for.',
    ...(brandIds !== '*' && brandIds.length > 0 && brandIds.length <= MOST_BRANDS && { enum: brandIds }),
  }
  return {
    ...tool,
    inputSchema: {
      ...schema,
      properties: { ...properties, brandId },
      required: isOnly ? required : ['brandId', ...required],
    },
  }
}

const HELPERS = lazily((): Tool[] => [
  {
    name: GET_TASK,
    title: 'Get a background task',
    description:
      'Waits for a background task and gives its result, or says how far it is. Call it again for a task that is still working.',
    inputSchema: helperSchemas.input,
    outputSchema: helperSchemas.output,
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: CANCEL_TASK,
    title: 'Cancel a background task',
    description: 'Cancels a background task that is still working. Its work is lost.',
    inputSchema: helperSchemas.input,
    outputSchema: helperSchemas.output,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  },
])
