import { createHash } from 'node:crypto'

/** Runs one statement. */
type Query = (text: string, parameters: unknown[]) => Promise<{ rows: unknown[] }>

interface PackedTables {
  query: Query
  schema: string
  /** The statements by which the installed pg-boss makes its tables. */
  plans: string
}

/** Marks the tables of pg-boss in a database that the build packs. */
export async function markPackedTables({ query, schema, plans }: PackedTables): Promise<void> {
  await query(`comment on schema ${schema} is '${markOf(plans)}'`, [])
}

/**
 * A packed database has tables of pg-boss, because making them takes a quarter of a start. If the app has another release of
 * pg-boss than the build had, the tables are dropped, and pg-boss makes its own. The mark goes before the first message
 * comes, so this never drops a message.
 */
export async function adoptPackedTables({ query, schema, plans }: PackedTables): Promise<void> {
  const { rows } = await query(`select obj_description(to_regnamespace($1), 'pg_namespace') as mark`, [schema])
  const [{ mark }] = rows as [{ mark: string | null }]
  if (!mark?.startsWith(PACKED)) return
  await query(mark === markOf(plans) ? `comment on schema ${schema} is null` : `drop schema ${schema} cascade`, [])
}

const PACKED = 'packed with BrandKit, by pg-boss '

function markOf(plans: string): string {
  return PACKED + createHash('sha256').update(plans).digest('hex')
}
