export interface Change {
  /** `next`: in no release yet. */
  version: string
  text: string
}

const CHANGESETS = import.meta.glob<string>('../../../../.changeset/*.md', {
  eager: true,
  import: 'default',
  query: '?raw',
})
const CHANGELOG = import.meta.glob<string>('../../CHANGELOG.md', { eager: true, import: 'default', query: '?raw' })

/** What changed in this package: what waits for the next release, then what the changelog has. */
export const CHANGES: readonly Change[] = [
  ...Object.values(CHANGESETS).flatMap((text) => readChangeset(text)),
  ...Object.values(CHANGELOG).flatMap((text) => readChangelog(text)),
]

/** The changes that name a component. */
export function changesOf(component: string): Change[] {
  return CHANGES.filter(({ text }) => new RegExp(String.raw`\b${component}\b`).test(text))
}

function readChangeset(text: string): Change[] {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  if (!head.includes('@brandkit/react')) return []
  return body
    .split(/\n{2,}/)
    .map((paragraph) => ({ version: 'next', text: toPlain(paragraph) }))
    .filter(({ text: words }) => words !== '')
}

function readChangelog(text: string): Change[] {
  return text.split(/^## /m).flatMap((section) => {
    const [version = '', ...lines] = section.split('\n')
    const items = lines.join('\n').split(/^- /m).slice(1)
    return items.map((item) => ({ version: version.trim(), text: toPlain(item) }))
  })
}

/** One line, without the marks of Markdown. */
function toPlain(text: string): string {
  return text.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim()
}
