import type { PGlite } from '@electric-sql/pglite'

/** What a role, a database or an app may have set, and what changes how values look. */
export const HOSTILE_SETTINGS = {
  datestyle: 'SQL, DMY',
  intervalstyle: 'sql_standard',
  timezone: 'Asia/Kathmandu',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  default_transaction_isolation: 'serializable',
}

/** The one session of a PGlite belongs to the app, whatever it has set there. */
export async function setHostile(pglite: PGlite): Promise<void> {
  for (const [name, value] of Object.entries(HOSTILE_SETTINGS)) await pglite.exec(`set ${name} = '${value}'`)
}
