import { type Kysely, sql } from 'kysely'

/**
 * Full-text search. `transcript_texts` holds the distinct words of each transcript, folded and separated
 * by spaces; each database builds its own index over that column and keeps it up to date by itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter.supportsTransactionalDdl
  await db.schema
    .createTable('transcript_texts')
    .addColumn('n', postgres ? 'bigserial' : 'integer', (c) =>
      postgres ? c.primaryKey() : c.primaryKey().autoIncrement(),
    )
    .addColumn('transcription_id', 'text', (c) =>
      c.notNull().unique().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('words', 'text', (c) => c.notNull())
    .execute()
  await (postgres ? indexOnPostgres(db) : indexOnSqlite(db))
  await db.schema
    .alterTable('transcriptions')
    .addColumn('task', 'text', (c) => c.notNull().defaultTo('transcribe'))
    .execute()
  await db.schema.createIndex('media_same').on('media').columns(['account_id', 'sha256']).execute()
}

async function indexOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`alter table transcript_texts add column document tsvector
    generated always as (array_to_tsvector(string_to_array(words, ' '))) stored`.execute(db)
  await sql`create index transcript_texts_document on transcript_texts using gin (document)`.execute(db)
}

async function indexOnSqlite(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table transcript_index using fts5(
    words, content='transcript_texts', content_rowid='n', detail=none,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")`.execute(db)
  const add = sql`insert into transcript_index(rowid, words) values (new.n, new.words);`
  const drop = sql`insert into transcript_index(transcript_index, rowid, words) values ('delete', old.n, old.words);`
  await sql`create trigger transcript_texts_insert after insert on transcript_texts begin ${add} end`.execute(
    db,
  )
  await sql`create trigger transcript_texts_delete after delete on transcript_texts begin ${drop} end`.execute(
    db,
  )
  await sql`create trigger transcript_texts_update after update on transcript_texts begin ${drop} ${add} end`.execute(
    db,
  )
}
