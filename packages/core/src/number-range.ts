/** The range of a numeric option, checked when an app passes the option. */
export interface NumberRange {
  least: number
  /** Default: the largest safe whole number. */
  most?: number
  /** Whether fractions are refused. */
  isWhole?: boolean
  /** Advice in the error for `Infinity`: the value to write instead. */
  insteadOfInfinity?: string
}

const DAY = 24 * 60 * 60 * 1_000

/** The longest time that an app can configure: a hundred years. Every database can add this much to a date. */
export const LONGEST_TIME_MS: number = 36_525 * DAY

/** Milliseconds of a task or a timer. */
export const SOME_TIME: NumberRange = { least: 1, most: LONGEST_TIME_MS }

/** A count of at least one. */
export const SOME: NumberRange = { least: 1, most: 2 ** 31 - 1, isWhole: true }

/**
 * Refuses a number that would break a timer, a counter or a statement: `NaN`, `Infinity`, a negative time.
 *
 * @throws TypeError for a value of another type, RangeError for a number outside the range; both name option, value and
 *   range
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
