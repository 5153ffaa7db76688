import leven from 'leven'
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

interface AssertOptions {
  needed?: readonly string[]
  /**
   * Nothing else may stand in the object. Default: other names are the app's own, which may hand in an object that serves
   * more than us, and only what is nearly a missing option is refused.
   */
  isClosed?: boolean
}

/**
 * Refuses what would fail at the first request, or never be noticed: a misspelt name, a text where a function is called, a
 * number out of its range. What is left out is not checked, unless it is needed.
 *
 * @param where what the options belong to, as the messages begin: `timings`; empty for the outermost
 * @throws TypeError for a misspelt name and a value of the wrong kind, RangeError for a number out of its range; all name
 *   the option and what it may be
 */
export function assertOptions(
  where: string,
  options: unknown,
  rules: Readonly<Record<string, OptionRule>>,
  { needed = [], isClosed = false }: AssertOptions = {},
): void {
  if (!isObject(options))
    throw new TypeError(`${toPrintable(where) || 'options'} is ${kindOf(options)}; it must be an object.`)
  const names = Object.keys(rules)
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || names.includes(name)) continue
    const meant = names.find((known) => !Reflect.has(options, known) && isNear(name, known))
    if (!isClosed && meant === undefined) continue
    const advice = meant === undefined ? `Known options: ${names.join(', ')}.` : `Did you mean ${meant}?`
    throw new TypeError(`There is no option ${nameIn(where, name)}. ${advice}`)
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
  return name === 'Object' ? 'an object' : `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
}

/** One letter differs, two are swapped, or the unit is missing (`timeout`). Upper and lower case do not count. */
function isNear(name: string, known: string): boolean {
  const [one, other] = [name.toLowerCase(), known.toLowerCase()]
  if (leven(one, other) <= 1 || `${one}ms` === other) return true
  return leven(one, other) === 2 && sorted(one) === sorted(other)
}

function sorted(text: string): string {
  return Array.from(text).toSorted().join('')
}

function nameIn(where: string, name: string): string {
  return toPrintable(where ? `${where}.${name}` : name)
}

/** A Map, a Date or a promise in its place would count as empty. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]'
}
