import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Application, ReflectionKind, type TypeDocOptions, UnknownType } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'

/**
 * Writes the API reference as Markdown into `.reference`: a page for each public door of the four packages, made of the
 * docstrings of their sources. A task of its own, because it reads nothing but sources and so is cached when pages change.
 */
const root = join(import.meta.dirname, '../../..')
const out = join(import.meta.dirname, '../.reference')

interface Door {
  /** What an app imports, such as `@brandkit/server-adapter/postgres`. */
  name: string
  /** Its source, from the root of the repository. */
  file: string
}

/** The doors of a package are its `exports`; those of texts, styles and tokens have nothing to document. */
function doorsOf(packageFile: string): Door[] {
  const { name, exports } = JSON.parse(readFileSync(join(root, packageFile), 'utf8')) as {
    name: string
    exports: Record<string, string | Record<string, unknown>>
  }
  return Object.entries(exports).flatMap(([door, target]) => {
    const source = typeof target === 'object' ? target['@brandkit/source'] : undefined
    if (typeof source !== 'string' || !/\.tsx?$/.test(source) || door.includes('*')) return []
    return [{ name: join(name, door), file: join(packageFile, '..', source) }]
  })
}

/** In characters. */
const LONGEST_TYPE = 1_000

const doors = globSync('packages/*/package.json', { cwd: root }).toSorted().flatMap(doorsOf)

const options: TypeDocOptions & Partial<PluginOptions> = {
  // Its anchors are those of the code's host, as the site's are; typedoc-vitepress-theme would make others.
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: join(import.meta.dirname, '../tsconfig.reference.json'),
  // `pnpm run typecheck` has checked them.
  skipErrorChecking: true,
  entryPoints: doors.map(({ file }) => join(root, file)),
  basePath: root,
  out,
  name: 'API reference',
  readme: 'none',
  disableSources: true,
  excludeExternals: true,
  excludePrivate: true,
  excludeInternal: true,
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases', '*'],
  logLevel: 'Error',
  outputFileStrategy: 'modules',
  entryFileName: 'index',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  expandObjects: false,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  enumMembersFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: { hideSources: true, hideInherited: true, hideModifiers: true },
}

const app = await Application.bootstrapWithPlugins(options)
const project = await app.convert()
if (!project) throw new Error('TypeDoc could not read the sources. Run it with logLevel "Info" to see why.')

for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
  const door = doors.find(({ file }) => file.replace(/(?:\/index)?\.tsx?$/, '') === module.name)
  if (!door) throw new Error(`TypeDoc read the module ${module.name}, which no package exports.`)
  module.name = door.name
}

// The types of schemas are pages long, and say less than their sources.
for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) {
  if (!variable.isDeclaration() || !variable.type) continue
  if (variable.type.toString().length > LONGEST_TYPE) variable.type = new UnknownType('object')
}

rmSync(out, { recursive: true, force: true })
await app.generateOutputs(project)
writeFileSync(join(out, 'doors.json'), JSON.stringify(doors.map(({ name }) => name)))
if (app.logger.hasErrors()) process.exitCode = 1
