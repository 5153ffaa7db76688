import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Service {
  build?: string
  image?: string
  command?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  volumes?: string[]
  deploy?: { replicas: number }
}

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { services, volumes } = parse(read('compose.yaml'), { merge: true, strict: true }) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const ours = Object.entries(services).filter(([, { build }]) => build)
/** Variables that the demo's README explains. */
const EXPLAINED = [...read('apps/demo/README.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name)

describe('compose.yaml', () => {
  it('has Postgres, Redis, a web process that only serves, and two workers', () => {
    expect(Object.keys(services).toSorted()).toEqual(['postgres', 'redis', 'web', 'worker'])
    expect(services['web']?.environment).toMatchObject({ BRANDKIT_WORKER: 'off', HOST: '0.0.0.0' })
    expect(services['worker']?.deploy).toEqual({ replicas: 2 })
    expect(ours.map(([name]) => name)).toEqual(['web', 'worker'])
  })

  it.each(ours)('starts of %s a file that exists, after what it waits for can say that it is well', (_, service) => {
    const [command, file = ''] = service.command ?? []
    expect(command).toBe('node')
    expect(existsSync(join(root, file))).toBe(true)
    expect(existsSync(join(root, service.build ?? '', 'Dockerfile'))).toBe(true)
    for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(condition).toBe('service_healthy')
      expect(services[needed]?.healthcheck?.test[0]).toBe('CMD')
    }
  })

  it.each(ours)('gives %s only variables that the demo reads, and addresses of services', (_, { environment = {} }) => {
    expect(EXPLAINED).toEqual(expect.arrayContaining(Object.keys(environment)))
    for (const name of ['DATABASE_URL', 'REDIS_URL']) {
      // The values that compose itself would fill in.
      const address = environment[name]?.replaceAll(/\$\{\w+:-(\w+)\}/g, '$1') ?? ''
      expect(Object.keys(services)).toContain(new URL(address).hostname)
    }
  })

  it('names every volume that it mounts', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? [])
    expect(mounted.map((mount) => mount.split(':')[0])).toEqual(Object.keys(volumes))
  })
})

describe('.env.example', () => {
  it('sets nothing, and names only variables that the demo’s README explains', () => {
    const lines = read('.env.example').split('\n').filter(Boolean)
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([])
    const named = lines.flatMap((line) => /^#([A-Z_]+)=/.exec(line)?.[1] ?? [])
    expect(named).toContain('DATABASE_URL')
    expect(EXPLAINED).toEqual(expect.arrayContaining(named))
  })
})
