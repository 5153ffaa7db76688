import * as z from 'zod'
import { lazily } from '../lazily.js'
import * as LIMITS from '../limits.js'
import { TASK_PRIORITIES } from '../task-priority.js'

/** The schemas of a task to create, and of the parts that other requests share with it. */
export const newTaskSchemas = lazily(() => {
  /** The id of a task, a batch or a brand: any text that is not too long, since apps bring ids of their own. */
  const id = z.string().min(1).max(LIMITS.idCharacters)

  const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
  const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

  /** A moment that every store can keep: ISO 8601 with an offset, in UTC within the years 1 to 9999. */
  const instant = z.iso.datetime({ offset: true, abort: true }).refine((text) => {
    const time = Date.parse(text)
    return time >= EARLIEST && time <= LATEST
  }, 'Invalid input: the year must be 1 to 9999 in UTC')

  /** Joiners are invisible, too, but emoji and some scripts need them. */
  const UNSEEN = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
  const tag = z
    .string()
    // Keyboards and file names write "é" in two ways, and people cannot see which.
    .normalize('NFC')
    .min(1)
    .max(LIMITS.tagCharacters)
    .refine(
      (text) => text === text.trim() && !text.includes(',') && !UNSEEN.test(text),
      'Invalid input: a tag has no comma, no blank around it and no character that cannot be seen',
    )
  const tags = z
    .array(tag)
    .max(LIMITS.tags)
    .refine((list) => new Set(list).size === list.length, 'Invalid input: a tag is given twice')

  /** One task to create. A second step checks the payload by the catalog's schema of its type. */
  const newTask = z.strictObject({
    type: z.string().min(1).max(LIMITS.idCharacters),
    brandId: z.string().min(1).max(LIMITS.idCharacters),
    payload: z.unknown(),
    priority: z.enum(TASK_PRIORITIES).exactOptional(),
    maxRetries: z.int().min(0).max(LIMITS.maxRetries).exactOptional(),
    runAt: instant.exactOptional(),
    tags: tags.exactOptional(),
    after: z
      .array(
        z.union([
          id,
          z
            .int()
            .min(0)
            .max(LIMITS.tasksPerRequest - 1),
        ]),
      )
      .min(1)
      .max(LIMITS.tasksAfter)
      .exactOptional(),
  })

  return { id, instant, tags, newTask }
})
