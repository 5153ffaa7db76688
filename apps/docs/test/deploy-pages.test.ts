import { parse as parseToml } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readFences } from '@brandkit/tooling/read-fences'

const fences = ['docker', 'fly', 'kubernetes', 'scaling', 'command-line'].flatMap((page) =>
  readFences(`docs/deploy/${page}.md`),
)
const fileOf = (name: string) => fences.find(({ file }) => file === name)?.source ?? ''
const commands = fences.flatMap(({ language, source }) => (language === 'bash' ? source.split('\n') : []))

/** `timings.drainMs`, in seconds. */
const DRAIN_S = 10
const HEALTH = '/api/jobs?action=health'
const MIGRATE = ['node_modules/.bin/brandkit', 'migrate']

describe('the image', () => {
  const lines = fileOf('Dockerfile').split('\n')

  it('starts a file of the page on scaling as process 1, without root', () => {
    const [command = '[]'] = lines.flatMap((line) => /^CMD (.+)$/.exec(line)?.[1] ?? [])
    const [program, file = ''] = JSON.parse(command) as string[]
    expect([program, fileOf(file)]).toEqual(['node', expect.stringContaining('createServer(toNode(taskServer))')])
    expect(lines.findIndex((line) => line === 'USER node')).toBeLessThan(
      lines.findIndex((line) => line.startsWith('CMD')),
    )
    expect(fileOf(file)).toContain('.listen(3000)')
    expect(lines).toContain('EXPOSE 3000')
  })
})

interface ComposeService {
  image?: string
  command?: string[]
  environment?: Record<string, string>
  stop_grace_period?: string
  depends_on?: Record<string, { condition: string }>
}

describe('the compose file', () => {
  const { services } = parse(fileOf('compose.yaml'), { merge: true }) as { services: Record<string, ComposeService> }

  it('migrates before it serves or works, with commands and files of the pages', () => {
    expect(services['migrate']?.command).toEqual(MIGRATE)
    for (const name of ['web', 'worker']) {
      const { command = ['node', 'web.ts'], depends_on, stop_grace_period = '', environment } = services[name] ?? {}
      expect(fileOf(command[1] ?? '')).toContain('taskServer')
      expect(depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } })
      expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(DRAIN_S)
      expect(new URL(environment?.['DATABASE_URL'] ?? '').hostname).toBe('postgres')
    }
  })
})

interface Container {
  command: string[]
  readinessProbe?: { httpGet: { path: string; port: number } }
}

interface Resource {
  apiVersion: string
  kind: string
  metadata: { name?: string }
  spec: {
    selector: { app?: string; matchLabels?: object }
    ports?: { targetPort: number }[]
    template: {
      metadata?: { labels: object }
      spec: { terminationGracePeriodSeconds?: number; containers: Container[] }
    }
  }
}

const readResources = (name: string) => parseAllDocuments(fileOf(name)).map((document) => document.toJS() as Resource)

describe('the files for Kubernetes', () => {
  const [web, worker] = [readResources('web.yaml'), readResources('worker.yaml')]

  it('are those that the commands name', () => {
    const named = commands
      .filter((line) => line.startsWith('kubectl'))
      .flatMap((line) => line.match(/[\w-]+\.yaml/g) ?? [])
    expect(named).toEqual(['migrate.yaml', 'web.yaml', 'worker.yaml'])
    for (const name of named) expect(fileOf(name)).not.toBe('')
  })

  it('start what the pages have, and give tasks the time to finish', () => {
    const [job] = readResources('migrate.yaml')
    expect([job?.apiVersion, job?.kind]).toEqual(['batch/v1', 'Job'])
    expect(job?.spec.template.spec.containers[0]?.command).toEqual(MIGRATE)
    for (const { apiVersion, kind, spec } of [web[0], worker[0]].filter((each) => each !== undefined)) {
      expect([apiVersion, kind]).toEqual(['apps/v1', 'Deployment'])
      expect(spec.selector.matchLabels).toEqual(spec.template.metadata?.labels)
      expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(DRAIN_S)
      expect(fileOf(spec.template.spec.containers[0]?.command[1] ?? '')).toContain('taskServer')
    }
  })

  it('send requests to the port of a pod that is ready', () => {
    const [deployment, service] = web
    const [container] = deployment?.spec.template.spec.containers ?? []
    expect(container?.readinessProbe?.httpGet).toEqual({ path: HEALTH, port: 3000 })
    expect(service?.spec.selector).toEqual(deployment?.spec.template.metadata?.labels)
    expect(service?.spec.ports?.map(({ targetPort }) => targetPort)).toEqual([3000])
  })
})

describe('the file for Fly', () => {
  it('migrates by a command of the page, and runs files of the pages', () => {
    const fly = parseToml(fileOf('fly.toml')) as unknown as {
      kill_timeout: number
      deploy: { release_command: string }
      processes: Record<string, string>
      http_service: { processes: string[]; internal_port: number; checks: { path: string }[] }
    }
    expect(commands).toContain(fly.deploy.release_command)
    for (const command of Object.values(fly.processes))
      expect(fileOf(command.split(' ')[1] ?? '')).toContain('taskServer')
    expect(fly.kill_timeout).toBeGreaterThan(DRAIN_S)
    expect(fly.http_service).toMatchObject({ processes: ['web'], internal_port: 3000, checks: [{ path: HEALTH }] })
    const scaled = commands.find((line) => line.startsWith('fly scale')) ?? ''
    expect([...scaled.matchAll(/(\w+)=\d/g)].map(([, name]) => name)).toEqual(Object.keys(fly.processes))
  })
})
