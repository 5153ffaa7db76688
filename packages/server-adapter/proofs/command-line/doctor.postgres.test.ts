import { startPgBouncer, type TestPgBouncer } from '@brandkit/tooling/pgbouncer'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { askRedis, startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createLocalQStash } from '../../src/testing/qstash/local-qstash.js'
import { examine } from './examine.js'
import { runBin, runHere } from './run-bin.js'

let postgres: TestPostgres
let pooler: TestPgBouncer
let redis: TestRedis
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  pooler = await startPgBouncer(postgres.connectionString)
})
afterAll(async () => {
  await pooler.stop()
  await Promise.all([postgres.stop(), redis.stop()])
})

describe('brandkit doctor', () => {
  it('finds a database without our schema, and everything in order once it is migrated', async () => {
    const database = await postgres.createDatabase()
    const variables = { DATABASE_URL: database, REDIS_URL: redis.url }
    const before = await runHere(['doctor'], variables)
    expect(before).toMatchObject({ code: 1, stderr: '' })
    expect(before.stdout).toMatch(/^Database\n {2}✓ reachable {2}Postgres at /m)
    expect(before.stdout).toContain('The schema "brandkit" is not there. Run npx @brandkit/server-adapter migrate')
    expect(before.stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 failed, \d+ fine, 1 not checked$/)

    expect(await runHere(['migrate'], variables)).toMatchObject({ code: 0 })
    const { code, found, stdout } = await examine([], variables)
    expect(found).toMatchObject({
      'packages version': expect.stringMatching(/^ok: @brandkit\/server-adapter \S+ on Node/),
      'packages peers': expect.stringMatching(/^ok: .*\bpg 8\.\d+/),
      'database reachable': expect.stringMatching(/^ok: Postgres at 127\.0\.0\.1:\d+\/\w+ answers\.$/),
      'database version': expect.stringMatching(/^ok: PostgreSQL 1[5-8]/),
      'database schema': expect.stringMatching(/^ok: It has every migration up to \d+\.$/),
      'database clock': expect.stringMatching(/^ok: .* agree within \d+ ms\.$/),
      'database listen': expect.stringMatching(/^ok: Notifications arrive/),
      'redis reachable': 'ok: Redis answers.',
      'redis version': expect.stringMatching(/^ok: Redis [78]/),
      'redis eviction': 'ok: maxmemory-policy is noeviction.',
      'qstash keys': expect.stringMatching(/^skipped/),
    })
    expect(code).toBe(0)
    expect(stdout).not.toContain(`${new URL(database).password}@`)
  })

  it('finds what is wrong with a database, a Redis and the clock', async () => {
    const database = await postgres.createDatabase()
    await runHere(['migrate', '--to', '22'], { DATABASE_URL: database })
    const redisPort = Number(new URL(redis.url).port)
    await askRedis(redisPort, 'CONFIG SET maxmemory-policy allkeys-lru')
    onTestFinished(async () => void (await askRedis(redisPort, 'CONFIG SET maxmemory-policy noeviction')))

    const anHourAhead = `--import=data:text/javascript,const{now}=Date;Date.now=()=>now()+3600000`
    const variables = { REDIS_URL: redis.url, NODE_OPTIONS: anHourAhead }
    const { code, found, findings } = await examine(['--database', pooler.through(database)], variables, runBin)
    expect(found).toMatchObject({
      'database schema': expect.stringMatching(
        /^failed: The schema is 2 migrations behind: 23 \(.*\), 24 \(operations\)\. Run npx/,
      ),
      'database clock': expect.stringMatching(/^warning: This machine is 3600\.\d s ahead of the database/),
      'database listen': expect.stringMatching(/^warning: Notifications do not arrive.*pooler in transaction mode/),
      'redis eviction': expect.stringMatching(/^failed: maxmemory-policy is allkeys-lru/),
    })
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'schema', facts: expect.objectContaining({ missing: [23, 24] }) }),
    )
    expect(code).toBe(1)

    const client = new Client({ connectionString: database })
    await client.connect()
    await client.query(`alter database ${new URL(database).pathname.slice(1)} set default_transaction_read_only = on`)
    await client.end()
    const readOnly = await examine(['--database', database])
    expect(readOnly.found).toMatchObject({
      'database writable': expect.stringMatching(/^failed: The database is read-only/),
    })
    expect(readOnly.found).not.toHaveProperty('database listen')
  })

  it('says in a sentence what cannot be reached or read, and never a password', async () => {
    const { code, found, stdout } = await examine(
      [
        '--redis',
        'redis://ada:12/ss-word@127.0.0.1:1',
        '--url',
        'http://127.0.0.1:2/api/jobs',
        '--url',
        'ftp://x',
        '--strict',
      ],
      { DATABASE_URL: 'postgres://ada:1#word@127.0.0.1/app' },
    )
    expect(code).toBe(1)
    expect(found).toMatchObject({
      'database reachable': expect.stringMatching(
        /^failed: --database \(or DATABASE_URL\) has a Postgres URL with a bare #/,
      ),
      'redis reachable': expect.stringMatching(/^failed: .*a bare \/ in its password/),
    })
    expect(stdout).toContain('127.0.0.1:2/api/jobs refused the connection')
    expect(stdout).toContain('--url is not the URL of a mount')
    expect(stdout).not.toMatch(/1#word|ss-word|word@/)

    const stopped = await examine([], {
      DATABASE_URL: 'postgres://ada:secretsecret@127.0.0.1:1/app',
      REDIS_URL: 'redis://:secretsecret@127.0.0.1:1',
    })
    expect(stopped.found).toMatchObject({
      'database reachable': expect.stringContaining('at 127.0.0.1:1/app refused the connection'),
      'redis reachable': expect.stringContaining('at redis://127.0.0.1:1 refused the connection'),
    })
    expect(stopped.stdout + stopped.stderr).not.toContain('secretsecret')
  })
})

describe('brandkit doctor, of QStash', () => {
  it('compares the keys with those of the account, and looks where the public URL leads', async () => {
    const qstash = await createLocalQStash()
    onTestFinished(() => qstash.close())
    const variables = {
      QSTASH_URL: qstash.url,
      QSTASH_TOKEN: qstash.token,
      QSTASH_CURRENT_SIGNING_KEY: qstash.currentSigningKey,
      QSTASH_NEXT_SIGNING_KEY: qstash.nextSigningKey,
    }
    const fine = await examine(['--public-url', 'https://1.1.1.1/api/jobs'], variables)
    expect(fine.found).toMatchObject({
      'qstash keys': expect.stringMatching(/^ok: .*accepts the token/),
      'qstash public URL': 'ok: 1.1.1.1 is a public address.',
    })
    expect(fine.code).toBe(0)

    qstash.rotateKeys()
    const rolled = await examine(['--public-url', 'http://127.0.0.1:3000/api/jobs'], variables)
    expect(rolled.found).toMatchObject({
      'qstash keys': expect.stringMatching(/^warning: The signing keys were rolled/),
      'qstash public URL': expect.stringMatching(
        /^failed: 127\.0\.0\.1 leads to 127\.0\.0\.1, which QStash cannot reach/,
      ),
    })

    qstash.rotateKeys()
    const stale = await examine(['--public-url', 'http://app.example/api/jobs'], variables)
    expect(stale.found).toMatchObject({
      'qstash keys': expect.stringMatching(/^failed: QStash signs with another key/),
      'qstash public URL': expect.stringMatching(/^failed: .*must be https/),
    })
    const refused = await examine([], { ...variables, QSTASH_TOKEN: 'token-of-nobody' })
    expect(refused.found).toMatchObject({
      'qstash keys': expect.stringMatching(/^failed: .*refuses QSTASH_TOKEN/),
      'qstash public URL': expect.stringMatching(/^failed: Where does QStash find the mount/),
    })
    const quoted = await runHere(['doctor'], { QSTASH_TOKEN: '"token-in-quotes"' })
    expect(quoted.code).toBe(1)
    expect(quoted.stdout).toContain('QSTASH_TOKEN stands in quotes')
    expect(quoted.stdout).toContain('QSTASH_NEXT_SIGNING_KEY is not set')
    const all = [fine, rolled, stale, refused, quoted].map(({ stdout, stderr }) => stdout + stderr).join('')
    for (const secret of [...Object.values(variables).slice(1), 'token-of-nobody', 'token-in-quotes'])
      expect(all).not.toContain(secret)
  })
})
