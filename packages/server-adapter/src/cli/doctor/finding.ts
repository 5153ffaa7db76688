/** What one check has found. */
export interface Finding {
  part: 'packages' | 'database' | 'redis' | 'qstash' | 'mount'
  /** What was checked, the same in every run: `schema`. */
  check: string
  /** `warning`: it works, and could work better. `skipped`: it was not checked, and the message says why. */
  status: 'ok' | 'warning' | 'failed' | 'skipped'
  message: string
  /** Numbers and names for programs. */
  facts?: Readonly<Record<string, unknown>>
}

/** Makes the findings of one part. */
export function findingsOf(part: Finding['part']) {
  const make =
    (status: Finding['status']) =>
    (check: string, message: string, facts?: Finding['facts']): Finding => ({
      part,
      check,
      status,
      message,
      ...(facts && { facts }),
    })
  return { ok: make('ok'), warning: make('warning'), failed: make('failed'), skipped: make('skipped') }
}
