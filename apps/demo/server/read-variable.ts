import { strayCharacters } from '@brandkit/core'
import { StartError } from './start-error.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/**
 * The value of a variable. An empty or blank value counts as unset.
 *
 * @throws StartError in one sentence, without the value, when the value has quotes or blanks around it
 */
export function readVariable(env: Variables, name: string): string | undefined {
  const value = env[name]
  if (!value?.trim()) return undefined
  const stray = strayCharacters(value)
  if (stray !== undefined) throw new StartError(`${name} ${stray}.`)
  return value
}
