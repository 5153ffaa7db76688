import type { ClientBase } from 'pg'

/**
 * Fills a table without its indexes and makes them afterwards, because that takes a fraction of the time. Indexes of
 * constraints stay.
 */
export async function withoutIndexes(
  { client, table }: { client: ClientBase; table: string },
  fill: () => Promise<void>,
): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
       from pg_index
      where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
    [table],
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await fill()
  await client.query(`set maintenance_work_mem = '512MB'`)
  for (const { definition } of indexes) await client.query(definition)
}
