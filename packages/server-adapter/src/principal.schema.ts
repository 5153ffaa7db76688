import { TASK_PRIORITIES } from '@brandkit/core'
import { lazily } from '@brandkit/core/schemas'
import * as z from 'zod'
import { compileSchema } from './compile-schema.js'
import { DEFAULT_TENANT, type KnownPrincipal, type Principal, TASK_REACHES, type TaskReach } from './principal.js'
import { describeIssues, toFieldIssues } from './field-issues.js'
import { ERASED_USER } from './store/audit.js'
import { toStorableText } from './store/storable-text.js'

/** The limit of OpenID Connect for `sub`. Three texts of this length fit into one entry of a Postgres index. */
const MOST_CHARACTERS = 255

/** The id of a user or tenant. */
export function createIdSchema() {
  return (
    z
      .string()
      .min(1)
      .max(MOST_CHARACTERS)
      // Stores replace such characters, so two different ids could become equal.
      .refine((text) => toStorableText(text) === text, 'Invalid input: holds NUL or half a surrogate pair')
  )
}

/** The id of a user who can ask for something. */
export function createUserIdSchema() {
  return createIdSchema().refine((id) => id !== ERASED_USER, 'Invalid input: stands for users who are erased already')
}

const principalSchema = lazily(() => {
  const textSchema = createIdSchema()

  return z.object({
    tenantId: textSchema.default(DEFAULT_TENANT),
    userId: createUserIdSchema(),
    actorId: createUserIdSchema().optional(),
    brandIds: z.union([z.array(textSchema), z.literal('*')]),
    tier: z.string().optional(),
    role: z.literal('operator').optional(),
    maxPriority: z.enum(TASK_PRIORITIES).optional(),
  })
})

/**
 * A function of the app gave an invalid answer, or none in time. The message is for the team. It names the field but never
 * its value, which may be a token. Callers get a 500.
 */
export class UnfitAnswerError extends TypeError {
  override readonly name = 'UnfitAnswerError'
}

/**
 * Checks a principal; every principal passes here. Copies each known field once, so that later code uses the checked values.
 *
 * @param from the source of the principal, for the message: `authenticate`, `server.as`
 * @throws UnfitAnswerError
 */
export function parsePrincipal(given: unknown, from: string): KnownPrincipal {
  const parsed = attempt(
    () => compileSchema(principalSchema).safeParse(given),
    `${from} gave a principal that cannot be read`,
  )
  if (parsed.success) return { ...(parsed.data as Principal & { tenantId: string }), asGiven: given as Principal }
  const issues = toFieldIssues(parsed.error, ['principal'])
  throw new UnfitAnswerError(
    `${from} gave a principal that does not fit, so the request was refused: ${describeIssues(issues)}. ` +
      `A principal is { userId: string, brandIds: string[] | '*', tenantId?, actorId?, tier?, role?, maxPriority? }.`,
  )
}

/**
 * Checks an answer of `authorize`: a reach, or `false`.
 *
 * @throws UnfitAnswerError
 */
export function parseReach(answer: unknown): TaskReach | false {
  if (answer === false) return false
  const reach = TASK_REACHES.find((known) => known === answer)
  if (reach) return reach
  throw new UnfitAnswerError(
    `authorize answered ${answer === null ? 'null' : `a value of type ${typeof answer}`} that is no reach, so the request ` +
      `was refused. It must answer ${TASK_REACHES.map((known) => `'${known}'`).join(', ')} or false.`,
  )
}

/** Runs `read` and names the source of a failure: getters and proxies are code of the app, which may throw. */
function attempt<T>(read: () => T, what: string): T {
  try {
    return read()
  } catch (cause) {
    throw new UnfitAnswerError(`${what}: one of its fields threw when it was read.`, { cause })
  }
}
