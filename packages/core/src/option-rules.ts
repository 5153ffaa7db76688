import { closestMatch } from 'leven'
import { toPrintable } from './logger.js'
import { assertNumber, type NumberRange } from './number-range.js'

/** What any other value may be. */
export interface OptionKind {
  /** Ends "it must be …". */
  description: string
  fits(value: unknown): boolean
  /** A text that does not fit is shown. Default: its kind only, since a secret may stand in the wrong place. */
  isShown?: boolean
}

export type OptionRule = NumberRange | OptionKind

/** A rule for every option of an interface, so that a new one cannot be forgotten. */
export type OptionRules<Options> = Readonly<Record<keyof Options & string, OptionRule>>

export const FUNCTION: OptionKind = { description: 'a function', fits: (value) => typeof value === 'function' }
export const OBJECT: OptionKind = { description: 'an object', fits: isObject }
export const LIST: OptionKind = { description: 'an Array', fits: Array.isArray }
export const TEXT: OptionKind = { description: 'a string', fits: (value) => typeof value === 'string' }
/** For what is checked elsewhere. */
export const ANYTHING: OptionKind = { description: 'anything', fits: () => true }

export function oneOf(texts: readonly string[]): OptionKind {
  return { description: `one of ${texts.join(', ')}`, fits: (value) => texts.includes(value as string), isShown: true }
}

/**
 * Refuses what would fail at the first request, or never be noticed: a misspelt name, a text where a function is called, a
 * number out of its range. Other names are the app's own, which may hand in an object that serves more than us. What is
 * left out is not checked, unless it is needed.
 *
 * @param where what the options belong to, as the messages begin: `timings`; empty for the outermost
 * @throws TypeError for a misspelt name and a value of the wrong kind, RangeError for a number out of its range; all name
 *   the option and what it may be
 */
export function assertOptions(
  where: string,
  options: unknown,
  rules: Readonly<Record<string, OptionRule>>,
  { needed = [] }: { needed?: readonly string[] } = {},
): void {
  if (!isObject(options))
    throw new TypeError(`${toPrintable(where) || 'options'} is ${kindOf(options)}; it must be an object.`)
  for (const [name, value] of Object.entries(options)) {
    const meant = value === undefined ? undefined : misspelt(name, rules)
    if (meant) throw new TypeError(`There is no option ${nameIn(where, name)}. Did you mean ${meant}?`)
  }
  for (const [name, rule] of Object.entries(rules)) {
    // Through getters and prototypes, as it will be read.
    const value: unknown = Reflect.get(options, name)
    if (value !== undefined || needed.includes(name)) assertOption(nameIn(where, name), value, rule)
  }
}

function assertOption(option: string, value: unknown, rule: OptionRule): void {
  if (!('fits' in rule)) return assertNumber(option, value, rule)
  if (rule.fits(value)) return
  const found = rule.isShown && typeof value === 'string' ? `"${toPrintable(value)}"` : kindOf(value)
  throw new TypeError(`${option} is ${found}; it must be ${rule.description}.`)
}

/** Never the value, since a secret may stand in the wrong place. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = Object.prototype.toString.call(value).slice(8, -1)
  return name === 'Object' ? 'an object' : `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`
}

/** The option that a name is nearly: with a third of its letters changed at most. */
function misspelt(name: string, rules: object): string | undefined {
  if (Object.hasOwn(rules, name)) return undefined
  return closestMatch(name, Object.keys(rules), { maxDistance: Math.floor(name.length / 3) })
}

function nameIn(where: string, name: string): string {
  return toPrintable(where ? `${where}.${name}` : name)
}

/** A Map, a list or a promise in its place would count as empty. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value) && !('then' in value)
}
