import { toPrintable } from './logger.js'

/** What a number may be. */
export interface NumberRange {
  least: number
  /** Default: the largest safe whole number. */
  most?: number
  /** Without fractions. */
  isWhole?: boolean
  /** What to write instead of `Infinity`. */
  insteadOfInfinity?: string
}

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
export const LIST: OptionKind = { description: 'a list', fits: Array.isArray }
export const TEXT: OptionKind = { description: 'a text', fits: (value) => typeof value === 'string' }
/** For what is checked elsewhere. */
export const ANYTHING: OptionKind = { description: 'anything', fits: () => true }

export function oneOf(texts: readonly string[]): OptionKind {
  return { description: `one of ${texts.join(', ')}`, fits: (value) => texts.includes(value as string), isShown: true }
}

const DAY = 24 * 60 * 60 * 1_000

/** The longest time that an app can configure: a hundred years, which every database can still add to a date. */
export const LONGEST_TIME_MS: number = 36_525 * DAY

/** Milliseconds that a task or a timer may take. */
export const SOME_TIME: NumberRange = { least: 1, most: LONGEST_TIME_MS }

/** How many of something there may be. */
export const SOME: NumberRange = { least: 1, most: 2 ** 31 - 1, isWhole: true }

/**
 * Refuses what would fail at the first request, or never be noticed: a name that no option has, a text where a function is
 * called, a number that does in a timer, a counter or a statement what nobody meant (`NaN`, `Infinity`, a negative time).
 * What is left out is not checked, unless it is needed.
 *
 * @param where what the options belong to, as the messages begin: `timings`; empty for the outermost
 * @throws TypeError for an unknown name and a value of the wrong kind, RangeError for a number out of its range; all name
 *   the option and what it may be
 */
export function assertOptions(
  where: string,
  options: unknown,
  rules: Readonly<Record<string, OptionRule>>,
  { needed = [] }: { needed?: readonly string[] } = {},
): void {
  if (!isObject(options)) throw new TypeError(`${where || 'options'} is ${describe(options)}; it must be an object.`)
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(rules, name)) continue
    const known = Object.keys(rules).join(', ')
    throw new TypeError(`There is no option ${nameIn(where, toPrintable(name))}. Known options: ${known}.`)
  }
  for (const [name, rule] of Object.entries(rules)) {
    // Through getters and prototypes, as it will be read.
    const value: unknown = Reflect.get(options, name)
    if (value !== undefined || needed.includes(name)) assertOption(nameIn(where, name), value, rule)
  }
}

function assertOption(option: string, value: unknown, rule: OptionRule): void {
  if ('fits' in rule) {
    if (rule.fits(value)) return
    const found = rule.isShown && typeof value === 'string' ? `"${toPrintable(value)}"` : describe(value)
    throw new TypeError(`${option} is ${found}; it must be ${rule.description}.`)
  }
  if (typeof value !== 'number')
    throw new TypeError(`${option} is ${describe(value)}; it must be ${describeRange(rule)}.`)
  if (isInRange(value, rule)) return
  const advice = value === Infinity && rule.insteadOfInfinity ? ` ${rule.insteadOfInfinity}` : ''
  throw new RangeError(`${option} is ${value}; it must be ${describeRange(rule)}.${advice}`)
}

function nameIn(where: string, name: string): string {
  return where ? `${where}.${name}` : name
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function isInRange(value: number, { least, most = Number.MAX_SAFE_INTEGER, isWhole = false }: NumberRange): boolean {
  return value >= least && value <= most && (!isWhole || Number.isInteger(value))
}

function describeRange({ least, most, isWhole = false }: NumberRange): string {
  const kind = isWhole ? 'a whole number' : 'a finite number'
  return most === undefined ? `${kind} from ${least}` : `${kind} from ${least} to ${most}`
}
