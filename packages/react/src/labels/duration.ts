type UnitDisplay = 'narrow' | 'short'

/** Creates the function that formats milliseconds with at most two units: `8s`, `1m 5s`, `1h 2m`; `short`: `1 min 5 sec`. */
export function createDuration(locale: string, unitDisplay: UnitDisplay = 'narrow'): (ms: number) => string {
  const units = (['hour', 'minute', 'second'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }),
  )
  return (ms) => {
    const seconds = Math.max(0, Math.round(ms / 1_000))
    const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
    const first = seconds === 0 ? 2 : parts.findIndex((part) => part > 0)
    // Two units are enough: users do not plan by the seconds of an hour.
    return parts
      .flatMap((part, index) =>
        index === first || (index === first + 1 && part > 0) ? (units[index]?.format(part) ?? '') : [],
      )
      .join(' ')
  }
}

/**
 * Rounds milliseconds to what an estimate can promise: whole minutes, and steps of five seconds within the last minute. The
 * words then change seldom.
 */
export function roundEstimate(ms: number): number {
  const step = ms > 55_000 ? 60_000 : 5_000
  return Math.max(5_000, step === 5_000 ? Math.ceil(ms / step) * step : Math.round(ms / step) * step)
}
