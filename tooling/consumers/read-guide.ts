import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './create-project.js'

const FILE = /^```(?:tsx?|jsonc)\n\/\/ ([\w./-]+\.(?:tsx?|json))\n([\s\S]*?)^```/gm
const COMMANDS = /^```bash\n([\s\S]*?)^```/gm
const docs = join(import.meta.dirname, '../../docs')

export interface Guide {
  /** The page's blocks that begin with a file name, whole. The port 3000 is `process.env.PORT` in them. */
  files: Files
  /** The page's blocks of shell commands. */
  commands: string[]
}

/** Reads a page of the docs, such as `start/backend`, as a person does who copies all of it. */
export function readGuide(page: string): Guide {
  const text = readFileSync(join(docs, `${page}.md`), 'utf8')
  const files = [...text.matchAll(FILE)].map(([, name = '', code = '']) => [name, withPort(code)] as const)
  return {
    files: Object.fromEntries(files),
    commands: [...text.matchAll(COMMANDS)].map(([, commands = '']) => commands.trim()),
  }
}

/** Tests run beside others, so none may have port 3000 for itself. */
function withPort(code: string): string {
  return code
    .replace('port: 3000', 'port: Number(process.env.PORT)')
    .replace('listen(3000)', 'listen(process.env.PORT)')
    .replace("'http://localhost:3000'", '`http://localhost:${process.env.BACKEND_PORT}`')
}
