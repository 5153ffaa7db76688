import leven from 'leven'
import { toPrintable } from './logger.js'
import { assertNumber, type NumberRange } from './number-range.js'

/** A rule for a value that is not a number. */
export interface OptionKind {
  /** The end of the sentence "it must be …". */
  description: string
  fits(value: unknown): boolean
  /**
   * Whether the error quotes a wrong text. Default: the error names only its type, since a secret may be in the wrong
   * place.
   */
  isShown?: boolean
}

export type OptionRule = NumberRange | OptionKind

/** One rule for each option of an interface; the compiler reports a missing rule. */
export type OptionRules<Options> = Readonly<Record<keyof Options & string, OptionRule>>

export const FUNCTION: OptionKind = { description: 'a function', fits: (value) => typeof value === 'function' }
export const OBJECT: OptionKind = { description: 'an object', fits: isObject }
export const LIST: OptionKind = { description: 'an Array', fits: Array.isArray }
export const TEXT: OptionKind = { description: 'a string', fits: (value) => typeof value === 'string' }
/** For options that are checked elsewhere. */
export const ANYTHING: OptionKind = { description: 'anything', fits: () => true }

export function oneOf(texts: readonly string[]): OptionKind {
  return { description: `one of ${texts.join(', ')}`, fits: (value) => texts.includes(value as string), isShown: true }
}

interface AssertOptions {
  needed?: readonly string[]
  /**
   * Whether every unknown name is refused. Default: only names that resemble a missing option are refused, because the
   * app's object may have fields of its own.
   */
  isClosed?: boolean
}

/**
 * Refuses mistakes that would fail at the first request or stay unnoticed: a misspelt name, a text instead of a function,
 * a number out of its range. Missing options pass unless they are `needed`.
 *
 * @param where the owner of the options as the messages begin: `timings`; empty for the outermost
 * @throws TypeError for a misspelt name and a value of the wrong kind, RangeError for a number out of its range; all name
 *   the option and its allowed values
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
    // Reads through getters and prototypes, as the code that uses the options does.
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

/** Names the type and never the value, since a secret may be in the wrong place. */
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

/** Refuses a Map, a Date and a promise, which would look like an object without options. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]'
}
