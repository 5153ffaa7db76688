// Fills the demo's database with a week of plausible history: `npm run demo:seed`. Stop the demo first.
import { existsSync } from 'node:fs'
import { openDataFolder } from '../data-folder.ts'
import { readEnvironment } from '../environment.ts'
import { StartError, toStartError } from '../start-error.ts'
import { fillWithWeek } from './seed-week.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
const environment = readEnvironment(process.env)
const { databaseUrl, dataFolder } = environment
try {
  const database = databaseUrl ?? openDataFolder(dataFolder).database
  const past = await fillWithWeek(database, environment)
  const counts = Object.entries(Object.groupBy(past, ({ task }) => task.status)).map(
    ([status, tasks]) => `${tasks.length} ${status}`,
  )
  console.log(`A week of ${past.length} tasks is in the database: ${counts.join(', ')}.`)
  console.log('Run `npm start`, sign in as Grace and open Operations.')
} catch (error) {
  const known = error instanceof StartError ? error : toStartError(error, databaseUrl)
  console.error(known.message)
  process.exitCode = 1
}
