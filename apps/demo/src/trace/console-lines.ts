/** A line that this page wrote to its console. */
export interface ConsoleLine {
  /** Milliseconds since the epoch. */
  at: number
  text: string
}

const MOST = 500
const LEVELS = ['debug', 'info', 'warn', 'error'] as const
const lines: ConsoleLine[] = []
const listeners = new Set<() => void>()
let snapshot: readonly ConsoleLine[] = []

/** Keeps the last console lines from now on; they are still printed. Called once, before the first line. */
export function keepConsoleLines(): void {
  for (const level of LEVELS) {
    const write = console[level].bind(console)
    console[level] = (...values: unknown[]) => {
      write(...values)
      if (typeof values[0] === 'string') keep(values[0])
    }
  }
}

function keep(text: string): void {
  lines.push({ at: Date.now(), text })
  if (lines.length > MOST) lines.shift()
  snapshot = [...lines]
  // Notifies in a microtask, because a component may log while it renders.
  queueMicrotask(() => {
    for (const listener of listeners) listener()
  })
}

export function readConsoleLines(): readonly ConsoleLine[] {
  return snapshot
}

export function subscribeToConsole(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
