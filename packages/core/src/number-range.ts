/** What a number may be, to be checked where an app hands it in. */
export interface NumberRange {
  least: number
  /** Default: the largest safe whole number. */
  most?: number
  /** Without fractions. */
  isWhole?: boolean
  /** What to write instead of `Infinity`. */
  insteadOfInfinity?: string
}

const DAY = 24 * 60 * 60 * 1_000

/** The longest time that an app can configure: a hundred years, which every database can still add to a date. */
export const LONGEST_TIME_MS: number = 36_525 * DAY

/** Milliseconds that a task or a timer may take. */
export const SOME_TIME: NumberRange = { least: 1, most: LONGEST_TIME_MS }

/** How many of something there may be. */
export const SOME: NumberRange = { least: 1, most: 2 ** 31 - 1, isWhole: true }

/**
 * Refuses a number that would reach a timer, a counter or a statement and break it: `NaN`, `Infinity`,
 * a negative time.
 *
 * @throws TypeError for what is no number, RangeError for one out of its range; both name option, value and range
 */
export function assertNumber(option: string, value: unknown, range: NumberRange): void {
  if (typeof value !== 'number')
    throw new TypeError(
      `${option} is ${value === null ? 'null' : `a ${typeof value}`}; it must be ${describeRange(range)}.`,
    )
  if (isInRange(value, range)) return
  const advice = value === Infinity && range.insteadOfInfinity ? ` ${range.insteadOfInfinity}` : ''
  throw new RangeError(`${option} is ${value}; it must be ${describeRange(range)}.${advice}`)
}

function isInRange(value: number, { least, most = Number.MAX_SAFE_INTEGER, isWhole = false }: NumberRange): boolean {
  return value >= least && value <= most && (!isWhole || Number.isInteger(value))
}

function describeRange({ least, most, isWhole = false }: NumberRange): string {
  const kind = isWhole ? 'a whole number' : 'a finite number'
  return most === undefined ? `${kind} from ${least}` : `${kind} from ${least} to ${most}`
}
