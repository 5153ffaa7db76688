import type { ClientBase } from 'pg'

export interface Multiplied {
  client: ClientBase
  /** A task of our store. Its copies differ in their id and in what `overrides` says. */
  taskId: string
  copies: number
  /** Number of the first copy, from 1: copies of an earlier call keep their ids. */
  from: number
  /** SQL by column: `t` is the row of the original, `n` the number of the copy. */
  overrides?: Readonly<Record<string, string>>
}

/** The id of a copy: the original's, with the number in its last part. */
export const copiedId = (id: string, number: number): string => id.slice(0, 24) + number.toString(16).padStart(12, '0')

/** The same in SQL. */
const copiedIdOf = (id: string) => `left(${id}::text, 24) || lpad(to_hex(n), 12, '0')`

/**
 * Copies a task with one statement a table: its row, and its rows in tables that refer to it. All columns come from the
 * catalog, so copies have the shape that our store gave the original.
 */
export async function multiplyTasks({ client, taskId, copies, from, overrides = {} }: Multiplied): Promise<void> {
  await copyRows(client, {
    table: 'brandkit.tasks',
    where: 'id = $1',
    values: [taskId],
    numbers: { from, copies },
    overrides: { id: copiedIdOf('t.id'), ...overrides },
  })
  const { rows: dependents } = await client.query<{ table: string; column: string }>(
    `select c.conrelid::regclass::text as table, a.attname as column
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.confrelid = 'brandkit.tasks'::regclass`,
  )
  for (const { table, column } of dependents)
    await copyRows(client, {
      table,
      where: `${column} = $1`,
      values: [taskId],
      numbers: { from, copies },
      overrides: { [column]: copiedIdOf(`t.${column}`) },
    })
}

/** Copies the message that pg-boss has for a task, for each copy of the task. `overrides` are by column of its `job`. */
export async function multiplyMessages({ client, taskId, copies, from, overrides }: Multiplied): Promise<void> {
  await copyRows(client, {
    table: 'brandkit_queue.job',
    where: `data->>'taskId' = $1`,
    values: [taskId],
    numbers: { from, copies },
    overrides: {
      id: `(${copiedIdOf('t.id')})::uuid`,
      ...overrides,
      data: `jsonb_set(t.data, '{taskId}', to_jsonb(${copiedIdOf(`(t.data->>'taskId')`)}))`,
    },
  })
}

interface CopiedRows {
  table: string
  where: string
  values: readonly unknown[]
  numbers: { from: number; copies: number }
  overrides: Readonly<Record<string, string>>
}

async function copyRows(client: ClientBase, { table, where, values, numbers, overrides }: CopiedRows): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  const columns = rows.map(({ name }) => name)
  const { from, copies } = numbers
  await client.query(
    `insert into ${table} (${columns.join(', ')})
     select ${columns.map((column) => overrides[column] ?? `t.${column}`).join(', ')}
       from ${table} t, generate_series(${from}::bigint, ${from + copies - 1}::bigint) as n
      where t.${where}`,
    [...values],
  )
}
