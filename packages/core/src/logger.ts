export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** The prefixes of the seed's trace, one a layer. */
export const LOG_SCOPES = ['BackgroundTask', 'TaskService', 'TaskPolling', 'TaskContext', 'App', 'API/Jobs'] as const
export type LogScope = (typeof LOG_SCOPES)[number]

/** Facts beside the message. Never a payload, a result or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface TaskLogger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A logger whose lines start with `[scope]`. */
  scope(scope: LogScope): TaskLogger
}

export interface LogEntry {
  level: LogLevel
  scope: LogScope | undefined
  message: string
  fields: LogFields
}

/** Where lines go: the console, pino, an array in a test. */
export type LogSink = (entry: LogEntry) => void

/**
 * Makes a logger over any sink. Control and bidirectional characters are taken out of messages, so that a hostile
 * id or title can neither forge a line nor turn one around (CWE-117, CVE-2021-42574).
 */
export function createLogger({ sink = consoleSink, scope }: { sink?: LogSink; scope?: LogScope } = {}): TaskLogger {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      sink({ level, scope, message: toPrintable(message), fields })
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    scope: (next) => createLogger({ sink, scope: next }),
  }
}

/** Says nothing. */
export const silentLogger: TaskLogger = /* @__PURE__ */ createLogger({ sink: () => {} })

/** `[Scope] message key=value …`, as the seed's trace shows it. */
export function formatLogEntry({ scope, message, fields }: LogEntry): string {
  let line = scope ? `[${scope}] ${message}` : message
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) line += ` ${key}=${toPrintable(String(value))}`
  }
  return line
}

/** Writes to the console. `console` is looked up at every line, so that tools which replace it are seen. */
export function consoleSink(entry: LogEntry): void {
  console[entry.level](formatLogEntry(entry))
}

/** Replaces C0/C1 controls, line separators and bidirectional formatting characters (Unicode TR 9) by a space. */
export function toPrintable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ')
}
