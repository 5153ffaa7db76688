import * as z from 'zod'
import * as LIMITS from '../limits.js'

/** The id of a task, a batch or a brand: any text that is not too long, since apps bring ids of their own. */
export const idSchema = z.string().min(1).max(LIMITS.idCharacters)

/** As many ids as one request may name. */
export const idsSchema = z.array(idSchema).min(1).max(LIMITS.tasksPerRequest)
