import { createLogger, type LogEntry, silentLogger } from '@brandkit/core'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFeeds } from './create-feeds.ts'

const { signal } = new AbortController()
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'feeds-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function writeList(list: unknown): string {
  const file = path.join(folder, 'list.json')
  writeFileSync(file, typeof list === 'string' ? list : JSON.stringify(list))
  return file
}

const RSS = `<rss version="2.0"><channel><title>F</title><link>https://a.example</link><description>d</description>
  <item><title>Tea &amp; &lt;b&gt;toast&lt;/b&gt;</title><link>https://a.example/1</link><pubDate>Mon, 01 Mar 2027 20:00:00 +0200</pubDate><category>tea</category></item>
  <item><title>No date</title><link>https://a.example/2</link></item>
  <item><title>No web</title><link>javascript:alert(1)</link><pubDate>Mon, 01 Mar 2027 20:00:00 +0200</pubDate></item>
</channel></rss>`

describe('The sample feeds', () => {
  it('hold some hundred items of thirteen weeks, in several media, regions and surfaces', async () => {
    const items = await createFeeds().read({ signal, logger: silentLogger })
    expect(items.length).toBeGreaterThan(500)
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted((one, other) => other - one))
    expect(new Set(items.map(({ medium }) => medium)).size).toBe(6)
    expect(new Set(items.map(({ region }) => region)).size).toBe(6)
    expect(new Set(items.flatMap(({ surface }) => surface ?? [])).size).toBe(5)
    const weeks = ((items[0]?.at ?? 0) - (items.at(-1)?.at ?? 0)) / (7 * 86_400_000)
    expect(weeks).toBeGreaterThan(12)
    expect(weeks).toBeLessThan(14)
  })
})

describe('createFeeds', () => {
  it('reads files beside the list, and leaves out what has no date or no link to the web', async () => {
    writeFileSync(path.join(folder, 'a.xml'), RSS)
    const feeds = createFeeds({ list: writeList([{ source: 'a.xml', medium: 'news', region: 'DE' }]) })
    expect(await feeds.read({ signal, logger: silentLogger })).toEqual([
      {
        title: 'Tea & toast',
        url: 'https://a.example/1',
        at: Date.parse('2027-03-01T18:00:00Z'),
        localHour: 20,
        tags: ['tea'],
        medium: 'news',
        region: 'DE',
      },
    ])
  })

  it('reads what was written into a file since it was last read', async () => {
    const file = path.join(folder, 'changing.xml')
    const feeds = createFeeds({ list: writeList([{ source: 'changing.xml', medium: 'news' }]) })
    const titles = async () => (await feeds.read({ signal, logger: silentLogger })).map(({ title }) => title)
    writeFileSync(file, RSS)
    expect(await titles()).toEqual(['Tea & toast'])
    expect(await titles()).toEqual(['Tea & toast'])
    writeFileSync(file, RSS.replace('Tea', 'Jam'))
    expect(await titles()).toEqual(['Jam & toast'])
  })

  it('goes on without a feed that fails, and says so in the log', async () => {
    const entries: LogEntry[] = []
    const list = writeList([
      { source: 'a.xml', medium: 'news' },
      { source: 'missing.xml', medium: 'news' },
      { source: 'http://127.0.0.1/feed', medium: 'social' },
    ])
    const logger = createLogger({ sink: (entry) => entries.push(entry) })
    expect(await createFeeds({ list }).read({ signal, logger })).toHaveLength(1)
    expect(entries.map(({ level, fields }) => [level, fields?.['source']])).toEqual([
      ['warn', 'missing.xml'],
      ['warn', 'http://127.0.0.1/feed'],
    ])
  })

  it('is worth another try when none can be read, and names no path', async () => {
    const feeds = createFeeds({ list: writeList([{ source: 'missing.xml', medium: 'news' }]) })
    await expect(feeds.read({ signal, logger: silentLogger })).rejects.toMatchObject({
      retryable: true,
      message: 'None of the 1 feeds could be read. The first: A file cannot be read (ENOENT).',
    })
  })

  it.each(['', '{}', '[]', '[{"source":"a.xml"}]', '[{"source":"a.xml","medium":"smoke"}]'])(
    'refuses the list %s in one sentence',
    (list) => {
      expect(() => createFeeds({ list: writeList(list) })).toThrow('which is no list of feeds; it must be JSON such as')
    },
  )
})
