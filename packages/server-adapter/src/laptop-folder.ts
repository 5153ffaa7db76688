/** The folder of the project, under the working directory, in which a server that names no store and no queue keeps its tasks. */
export interface LaptopFolder {
  /** Everything that BrandKit keeps in the project, absolute. */
  home: string
  /** The database, a folder of PGlite, absolute. It may not be there yet. */
  tasks: string
}

/** The folder that `createTaskServer` takes, and in which the commands look when nothing names a database. */
export function laptopFolder(): LaptopFolder {
  const { join } = process.getBuiltinModule('node:path')
  const home = join(process.cwd(), '.brandkit')
  return { home, tasks: join(home, 'tasks') }
}
