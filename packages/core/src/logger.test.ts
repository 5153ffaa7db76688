import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  createLogger,
  formatLogEntry,
  guardLogger,
  LOG_SCOPES,
  type LogEntry,
  silentLogger,
  type TaskLogger,
  toPrintable,
} from './logger.js'

afterEach(() => {
  vi.restoreAllMocks()
})

function fail(): never {
  throw Object.create(null)
}

const failLater = (): unknown => Promise.reject(new Error('The disk is full.'))

function createRecorder() {
  const entries: LogEntry[] = []
  return { entries, logger: createLogger({ level: 'debug', sink: (entry) => entries.push(entry) }) }
}

describe('createLogger', () => {
  it.each(LOG_SCOPES)('starts lines of its scope with [%s]', (scope) => {
    const { entries, logger } = createRecorder()
    logger.scope(scope).info('Task created', { taskId: 'a', attempt: 1, parent: undefined })
    expect(entries.map(formatLogEntry)).toEqual([`[${scope}] Task created taskId=a attempt=1`])
  })

  it('has no prefix without a scope', () => {
    const { entries, logger } = createRecorder()
    logger.info('Listening')
    expect(entries.map(formatLogEntry)).toEqual(['Listening'])
  })

  it.each(['debug', 'info', 'warn', 'error'] as const)('hands level %s to the sink', (level) => {
    const { entries, logger } = createRecorder()
    logger[level]('x')
    expect(entries[0]?.level).toBe(level)
  })

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
    ['silent', []],
    [undefined, ['info', 'warn', 'error']],
  ] as const)('writes from level %s on, in every scope', (level, written) => {
    const entries: LogEntry[] = []
    const logger = createLogger({ level, sink: (entry) => entries.push(entry) })
    for (const each of [logger, logger.scope('App')]) {
      entries.length = 0
      for (const name of ['debug', 'info', 'warn', 'error'] as const) each[name]('x')
      expect(entries.map((entry) => entry.level)).toEqual(written)
    }
  })

  it('refuses a level that is none, as an environment variable may hold', () => {
    for (const level of ['verbose', '', 'INFO', 3, null] as never[])
      expect(() => createLogger({ level })).toThrow('must be one of debug, info, warn, error, silent')
  })

  it('leaves a scope by entering another', () => {
    const { entries, logger } = createRecorder()
    logger.scope('App').scope('TaskPolling').warn('x')
    expect(entries.map(formatLogEntry)).toEqual(['[TaskPolling] x'])
  })

  it('writes to the console that is there when the line is written', () => {
    const logger = createLogger({ scope: 'App' })
    const info = vi.spyOn(console, 'info').mockImplementation(() => {})
    logger.info('Provider ready')
    expect(info).toHaveBeenCalledExactlyOnceWith('[App] Provider ready')
  })

  it('cannot be made to forge a line, by message or by field', () => {
    const { entries, logger } = createRecorder()
    logger.scope('API/Jobs').info('id a\n[App] Paid', { title: 'x\r\n[App] Paid\u2028[App] Paid' })
    expect(entries.map(formatLogEntry)).toEqual(['[API/Jobs] id a [App] Paid title=x  [App] Paid [App] Paid'])
  })
})

describe('a log that fails', () => {
  const failing: [how: string, logger: TaskLogger][] = [
    ['throws', createLogger({ sink: fail })],
    ['rejects', createLogger({ sink: failLater })],
    ["throws in an app's own logger", guardLogger({ ...silentLogger, warn: fail, scope: () => silentLogger })],
    [
      "throws in a scope of an app's own logger",
      guardLogger({ ...silentLogger, scope: () => ({ ...silentLogger, warn: fail }) }).scope('App'),
    ],
    ['cannot be scoped', guardLogger({ ...silentLogger, warn: fail, scope: fail }).scope('App')],
  ]

  it.each(failing)('hands its line to the console when it %s', async (_, logger) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    logger.warn('Disk is full', { left: 0 })
    await vi.waitFor(() => expect(warn).toHaveBeenCalledWith(expect.stringMatching(/Disk is full left=0$/)))
  })

  it('is silent when the console fails, too', () => {
    vi.spyOn(console, 'info').mockImplementation(fail)
    expect(() => createLogger().info('x')).not.toThrow()
  })

  it('prints a field that cannot be printed', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const fields = { proxy, bare: Object.create(null) as never } as unknown as LogEntry['fields']
    const entry: LogEntry = { level: 'info', scope: undefined, message: 'x', fields }
    expect(formatLogEntry(entry)).toMatch(/^x proxy=.+ bare=.+$/)
  })

  it('takes a message that is no text', () => {
    const { entries, logger } = createRecorder()
    logger.info(Object.create(null) as string)
    expect(entries).toHaveLength(1)
  })
})

describe('fields that cannot be read', () => {
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  it.each([
    ['a revoked proxy', revoked.proxy],
    [
      'an object with a getter that throws',
      {
        get key() {
          return fail()
        },
      },
    ],
    ['null', null],
  ])('are left out of the line, which is written: %s', (_, fields) => {
    const { entries, logger } = createRecorder()
    logger.info('x', fields as never)
    guardLogger(logger).info('x', fields as never)
    expect(entries.map(formatLogEntry)).toEqual(['x', 'x'])
  })
})

describe('guardLogger', () => {
  it('leaves the level to the app’s logger, unless it is given one', () => {
    const { entries, logger } = createRecorder()
    guardLogger(logger).scope('App').debug('seen')
    guardLogger(logger, { level: 'warn' }).scope('App').info('not seen')
    expect(entries.map(({ message }) => message)).toEqual(['seen'])
  })

  it('hands on what a sound logger gets, scope and all', () => {
    const { entries, logger } = createRecorder()
    guardLogger(logger).scope('App').info('Provider ready', { tabs: 2 })
    expect(entries.map(formatLogEntry)).toEqual(['[App] Provider ready tabs=2'])
  })
})

describe('long texts', () => {
  it('are cut at 2 KB in fields, and at 16 KB in messages', () => {
    const entries: LogEntry[] = []
    const long = 'é'.repeat(5_000_000)
    const logger = createLogger({ sink: (entry) => void entries.push(entry) })
    logger.info(long, { long, n: 1 })
    guardLogger(logger).info(long, { long, n: 1 })
    for (const { message, fields } of entries) {
      expect(message).toMatch(/^é{8000,8192}… \(cut\)$/)
      expect(fields['long']).toMatch(/^é{1000,1024}… \(cut\)$/)
      expect(fields['n']).toBe(1)
    }
    expect(entries).toHaveLength(2)
  })

  it('are cut where they become printable', () => {
    expect(toPrintable('x'.repeat(5_000_000))).toMatch(/^x{2000,2048}… \(cut\)$/)
  })
})

describe('toPrintable', () => {
  it.each(['\0', '\n', '\r', '\u001b', '\u007f', '\u0085', '\u061c', '\u200e', '\u2028', '\u202e', '\u2066', '\u2069'])(
    'takes out %j',
    (character) => {
      expect(toPrintable(`a${character}b`)).toBe('a b')
    },
  )

  it('keeps every script, accents and emoji', () => {
    const text = 'Größe – مرحبا – 日本語 – 👩‍💻'
    expect(toPrintable(text)).toBe(text)
  })
})

describe('silentLogger', () => {
  it('says nothing, in no scope', () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => {})
    silentLogger.scope('App').info('x')
    expect(info).not.toHaveBeenCalled()
  })

  it.each([
    ['itself', silentLogger],
    ['behind a guard', guardLogger(silentLogger).scope('App')],
    ['below its level', guardLogger(createLogger({ level: 'error' })).scope('App')],
  ])('prepares no line that nobody gets: %s', (_where, logger) => {
    const fields = vi.fn(() => 'x')
    logger.info('x', {
      get field() {
        return fields()
      },
    })
    expect(fields).not.toHaveBeenCalled()
  })
})
