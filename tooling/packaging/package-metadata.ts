import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** What people search npm for: the words of all packages, then those of each. */
const KEYWORDS = {
  shared: ['background-tasks', 'background-jobs', 'generative-ai', 'llm', 'progress', 'typescript'],
  '@brandkit/core': ['task-catalog', 'state-machine', 'backoff', 'protocol', 'zod'],
  '@brandkit/client': ['polling', 'long-polling', 'server-sent-events', 'websocket', 'ky'],
  '@brandkit/react': ['react', 'hooks', 'notifications', 'toast', 'status-panel', 'accessibility'],
  '@brandkit/server-adapter': [
    'task-queue',
    'job-queue',
    'worker',
    'postgres',
    'pglite',
    'pg-boss',
    'bullmq',
    'qstash',
  ],
}

type Manifest = Record<string, unknown> & { name: string }

/**
 * The files that tell where the repository is, as path → wanted content. The one place that says it is the line `repository`
 * of the root's package.json; `pnpm run metadata` writes these files, and a test compares them.
 */
export function wantedFiles(): Map<string, string> {
  const address = addressOf(readJson('package.json'))
  const packages = globSync('packages/*/package.json', { cwd: ROOT }).toSorted()
  const written = addressOf(readJson('packages/core/package.json'))
  const wanted = new Map<string, string>()

  for (const path of written === address ? [] : filesThatName(written)) {
    wanted.set(path, read(path).replaceAll(written, address))
  }
  for (const path of packages) {
    const folder = posix.dirname(path)
    wanted.set(path, `${JSON.stringify(withMetadata(readJson(path), { address, folder }), null, 2)}\n`)
    for (const page of ['README.md', 'SKILL.md'].map((name) => posix.join(folder, name))) {
      wanted.set(page, withFullLinks(wanted.get(page) ?? read(page), { address, folder }))
    }
  }
  return wanted
}

/** The address of the repository, for the web: `https://github.com/owner/name`. */
export function addressOf({ repository }: Record<string, unknown>): string {
  const url = typeof repository === 'string' ? repository : (repository as { url?: string } | undefined)?.url
  const [, address] = /^(?:git\+)?(https:\/\/[^/]+\/[^/]+\/[^/]+?)(?:\.git)?$/.exec(url ?? '') ?? []
  if (!address) throw new Error(`A package.json has the repository ${url}; write it as https://github.com/owner/name.`)
  return address
}

interface Place {
  address: string
  /** The package's folder in the repository. */
  folder: string
}

function withMetadata(
  { name, version, description, license, ...rest }: Manifest,
  { address, folder }: Place,
): Manifest {
  const own = KEYWORDS[name as keyof typeof KEYWORDS]
  if (!own) throw new Error(`${name} has no keywords: add them to tooling/packaging/package-metadata.ts.`)
  return {
    name,
    version,
    description,
    keywords: [...KEYWORDS.shared, ...own].toSorted(),
    homepage: `${address}/tree/main/${folder}#readme`,
    bugs: `${address}/issues`,
    license,
    // npm takes provenance only for exactly this repository, and shows the folder.
    repository: { type: 'git', url: `git+${address}.git`, directory: folder },
    ...withoutMetadata(rest),
  }
}

function withoutMetadata(rest: Record<string, unknown>): Record<string, unknown> {
  const { keywords: _keywords, homepage: _homepage, bugs: _bugs, repository: _repository, ...others } = rest
  return others
}

const FENCE = /(^```[\s\S]*?^```)/m
const RELATIVE_LINK = /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g

/** The pages of a package are also read on npm and in `node_modules`, where the neighbours of its folder are not. */
function withFullLinks(text: string, { address, folder }: Place): string {
  const replaceIn = (prose: string) =>
    prose.replaceAll(RELATIVE_LINK, (_link, image: string, label: string, target: string) => {
      const path = posix.join(folder, target)
      return `${image}[${label}](${address}/${image ? 'raw' : kindOf(path)}/main/${path})`
    })
  return text
    .split(FENCE)
    .map((part) => (FENCE.test(part) ? part : replaceIn(part)))
    .join('')
}

function kindOf(target: string): 'blob' | 'tree' {
  const file = statSync(join(ROOT, target.replace(/#.*/, '')), { throwIfNoEntry: false })
  return file?.isDirectory() ? 'tree' : 'blob'
}

/** What git knows of, because files that a build makes are made anew. */
function filesThatName(address: string): string[] {
  const found = execFileSync('git', ['grep', '-lIF', address], { cwd: ROOT, encoding: 'utf8' })
  return found.split('\n').filter((path) => path !== '' && path !== 'package.json')
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const readJson = (path: string) => JSON.parse(read(path)) as Manifest
