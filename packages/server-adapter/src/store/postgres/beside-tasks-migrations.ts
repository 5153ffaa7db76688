/**
 * What is still to be told of ended tasks. One index serves all: `due_at` is also the end of a delivery's lease, and for a dead
 * notice the time when it is forgotten.
 */
export function notices(): string[] {
  return [
    `create table brandkit.notices (
      task_id text collate "C" not null references brandkit.tasks on delete cascade,
      target text not null,
      attempt integer not null default 0,
      due_at timestamptz not null,
      give_up_at timestamptz not null,
      died_at timestamptz,
      reason text,
      primary key (task_id, target)
    )`,
    `create index notices_due on brandkit.notices (due_at)`,
  ]
}

/**
 * Streamed text, a row for each write, so that a write costs what is new: Postgres would copy a text in the task's row each
 * time. Only the statement that moves a running task writes pieces, and only the purge deletes them. Therefore they need no
 * foreign key, which would lock the tasks in this migration and cost every task a look here at its end.
 */
export function texts(): string[] {
  return [
    `alter table brandkit.tasks add column text_epoch integer, add column text_length integer, add column text_kept integer`,
    `create table brandkit.task_texts (
      task_id text collate "C" not null,
      at integer not null,
      until integer not null,
      epoch integer not null,
      piece json not null,
      primary key (task_id, at)
    )`,
  ]
}
