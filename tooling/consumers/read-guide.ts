import { readFences, readPage } from '../read-fences.js'
import type { Files } from './create-project.js'

export interface Guide {
  /** The page's blocks that begin with a file name, whole. The port 3000 is `process.env.PORT` in them. */
  files: Files
  /** The page's blocks of shell commands. */
  commands: string[]
}

/** Reads a page of the docs, such as `start/backend`, as a person does who copies all of it. */
export function readGuide(page: string): Guide {
  const fences = readFences(`docs/${page}.md`)
  return {
    files: Object.fromEntries(
      fences.flatMap(({ file, source }) => (file === undefined ? [] : [[file, withPort(source)]])),
    ),
    commands: fences.flatMap(({ language, source }) => (language === 'bash' ? [source.trim()] : [])),
  }
}

/** Tests run beside others, so none may have port 3000 for itself. */
function withPort(code: string): string {
  return code
    .replace('port: 3000', 'port: Number(process.env.PORT)')
    .replace('listen(3000)', 'listen(process.env.PORT)')
    .replace("'http://localhost:3000'", '`http://localhost:${process.env.BACKEND_PORT}`')
}

/** `App.tsx` of the React guide with the two lines that its text changes for a page without a backend. */
export function withFakeService(app: string): string {
  const text = readPage('docs/start/react.md')
  const [, line, provider] = /It begins with `([^`]+)`, and its provider becomes\s+`([^`]+)`/.exec(text) ?? []
  if (line === undefined || provider === undefined) throw new Error('docs/start/react.md changes no App.tsx.')
  return `${line}\n${app.replace(/<TaskProvider [^>]*>/, provider)}`
}
