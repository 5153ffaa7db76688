import type { DocsStory } from './component-page.js'
import { readProperty } from './read-property.js'

interface SourceParameters {
  looks?: Partial<Record<'theme' | 'locale' | 'motion' | 'direction', string>>
  docs?: { source?: { originalSource?: string } }
}

/** The code of a story as an app would write it: imports, provider and component, with the props that the story sets. */
export function toJsx(story: Pick<DocsStory, 'title' | 'component' | 'initialArgs' | 'parameters'>): string {
  const { looks = {}, docs } = story.parameters as SourceParameters
  const name = nameOf(story)
  const props = Object.entries(story.initialArgs)
    .map(([prop, value]) => toProp(prop, value, docs?.source?.originalSource ?? ''))
    .filter((text) => text !== '')
  const { locale } = looks
  const isTranslated = locale !== undefined && locale !== 'en'
  const provider = isTranslated ? `userId={user.id} labels={${locale}} locale="${locale}"` : 'userId={user.id}'
  const page = [`<TaskProvider ${provider}>`, ...indent(toElement(name, props)), '</TaskProvider>']
  return [
    "import '@brandkit/react/styles.css'",
    `import { TaskProvider, ${name} } from '@brandkit/react'`,
    ...(isTranslated ? [`import ${locale} from '@brandkit/react/labels/${locale}'`] : []),
    '',
    ...inLooks(page, looks),
  ].join('\n')
}

/** The build shortens names of functions; the documentation of the component keeps its own. */
function nameOf({ title, component }: Pick<DocsStory, 'title' | 'component'>): string {
  const { __docgenInfo: info } = (component ?? {}) as { __docgenInfo?: { displayName?: string } }
  return info?.displayName ?? title.split('/')[0] ?? ''
}

function toElement(name: string, props: readonly string[]): string[] {
  const line = [`<${name}`, ...props].join(' ')
  if (!line.includes('\n') && line.length < 80) return [`${line} />`]
  return [`<${name}`, ...indent(props.flatMap((prop) => prop.split('\n'))), '/>']
}

function toProp(name: string, value: unknown, source: string): string {
  if (value === undefined) return ''
  if (value === true) return name
  if (typeof value === 'string') return `${name}=${JSON.stringify(value)}`
  // What an app does is its own affair: onOpenResult calls its openResult.
  if (/^on[A-Z]/.test(name)) return `${name}={${name.charAt(2).toLowerCase()}${name.slice(3)}}`
  if (typeof value === 'number') return `${name}={${value}}`
  if (isData(value)) return `${name}={${JSON.stringify(value)}}`
  return `${name}={${readProperty(source, name) ?? name}}`
}

function inLooks(lines: string[], { theme, motion, direction }: NonNullable<SourceParameters['looks']>): string[] {
  const attributes = [
    ...(theme ? [`data-theme="${theme}"`] : []),
    ...(motion === 'reduce' ? ['data-motion="reduce"'] : []),
    ...(direction ? [`dir="${direction}"`] : []),
  ]
  return attributes.length === 0 ? lines : [`<div ${attributes.join(' ')}>`, ...indent(lines), '</div>']
}

/** Text, numbers and lists of them; nothing that holds a function. */
function isData(value: unknown): boolean {
  if (typeof value === 'function') return false
  return typeof value !== 'object' || value === null || Object.values(value).every(isData)
}

const indent = (lines: readonly string[]) => lines.map((line) => (line === '' ? line : `  ${line}`))
