import * as z from 'zod'

/** A list of 1 to `max` entries, each named once. */
export function distinctList<T extends z.ZodType<string>>(entry: T, { min = 1, max }: { min?: number; max: number }) {
  return z
    .array(entry)
    .min(min, `Choose at least ${min}.`)
    .max(max, `Choose at most ${max}.`)
    .refine((list) => new Set(list).size === list.length, 'Name each one once.')
}
