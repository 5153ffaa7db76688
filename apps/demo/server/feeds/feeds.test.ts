import { createLogger, type LogEntry, silentLogger } from '@brandkit/core'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createFeeds, fetchFeed, isPublicAddress } from './fetch-feed.ts'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

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

let server: Server | undefined

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  await new Promise<void>((resolve) => {
    started.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`
}

afterEach(async () => {
  const stopping = server
  server = undefined
  stopping?.closeAllConnections()
  await new Promise<void>((resolve) => {
    if (stopping) stopping.close(() => resolve())
    else resolve()
  })
})

describe('fetchFeed', () => {
  it('gives the text, in the charset that is declared', async () => {
    const url = await serve((_, response) =>
      response.end(Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>', 'latin1')),
    )
    expect(await fetchFeed(url, { signal, network: 'any' })).toContain('<a>é</a>')
  })

  it.each(['file:///etc/passwd', 'ftp://example.com/feed', 'gopher://x', 'feed', '', 'javascript:alert(1)'])(
    'refuses %s',
    async (address) => {
      await expect(fetchFeed(address, { signal })).rejects.toThrow('is no http or https address')
    },
  )

  it('does not connect to a private address, however it is written', async () => {
    let requests = 0
    const url = await serve((_, response) => {
      requests += 1
      response.end()
    })
    const { port } = new URL(url)
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0']) {
      await expect(fetchFeed(`http://${host}:${port}/`, { signal })).rejects.toThrow(
        'is not an address of the public internet; set TREND_FEEDS_NETWORK=any to allow it.',
      )
    }
    expect(requests).toBe(0)
  })

  it('follows a few redirects, and none to another protocol', async () => {
    const url = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) return response.end('<rss/>')
      const location = left === 9 ? 'file:///etc/passwd' : `/${left - 1}`
      return response.writeHead(302, { location }).end()
    })
    expect(await fetchFeed(`${url}/3`, { signal, network: 'any' })).toBe('<rss/>')
    await expect(fetchFeed(`${url}/4`, { signal, network: 'any' })).rejects.toThrow('redirects more than 3 times')
    await expect(fetchFeed(`${url}/9`, { signal, network: 'any' })).rejects.toThrow('is no http or https address')
  })

  it('stops reading what is too large', async () => {
    const url = await serve((_, response) => {
      const write = () => {
        while (response.write('x'.repeat(100_000)));
      }
      response.on('drain', write)
      write()
    })
    await expect(fetchFeed(url, { signal, network: 'any', maxBytes: 1_000_000 })).rejects.toThrow(
      'sends more than 1000000 bytes',
    )
  })

  it('does not wait for ever', async () => {
    const url = await serve(() => {})
    await expect(fetchFeed(url, { signal, network: 'any', timeoutMs: 50 })).rejects.toThrow('took longer than 50 ms')
  })

  it('lets go when the task is cancelled', async () => {
    const controller = new AbortController()
    const url = await serve(() => controller.abort())
    await expect(fetchFeed(url, { signal: controller.signal, network: 'any' })).rejects.toThrow(/abort/i)
  })

  it.each([404, 500, 204])('says that the answer was %i', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end())
    await expect(fetchFeed(url, { signal, network: 'any' })).rejects.toThrow(`answered ${status}.`)
  })

  it('says that nobody is there', async () => {
    await expect(fetchFeed('http://127.0.0.1:1/', { signal, network: 'any' })).rejects.toThrow(
      'cannot be reached (ECONNREFUSED)',
    )
  })
})

describe('isPublicAddress', () => {
  it.each(['93.184.216.34', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])(
    'lets %s through',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    'localhost',
    '',
  ])('keeps %s inside', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
