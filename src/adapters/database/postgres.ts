import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from '../../domain/tables.ts'
import { KeptPlans } from './kept-plans.ts'
import { PatientPool } from './patient-pool.ts'

const INT8 = 20

/** All `bigint` columns here are times, bytes or credits: far below 2^53. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8
      ? (value: string) => Number(value)
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** Time limits, ms. Each is there for a peer that would otherwise be waited for without end. */
export interface PostgresLimits {
  /** Until a connection stands, and until those who wait for one of the pool hear that the database is away. */
  connectMs: number
  /** How long one of the pool is waited for while the database works. */
  waitMs: number
  /** How long the server works on one statement. */
  statementMs: number
  /** How long a statement waits for a row that another transaction holds. */
  lockMs: number
  /** How long a transaction may do nothing: one of a process that was stopped, or lost, holds its rows no longer. */
  idleMs: number
  /** How long an answer is waited for. After it the connection counts as half open, and is given up. */
  readMs: number
}

/**
 * Everything from the one setting. A transaction that does nothing ends before those that wait for its rows give up,
 * and a statement on the server before its answer is given up here.
 */
export const postgresLimits = (statementMs: number): PostgresLimits => ({
  connectMs: Math.min(5000, statementMs),
  waitMs: statementMs,
  statementMs,
  lockMs: statementMs * 0.75,
  idleMs: statementMs / 2,
  readMs: statementMs * 1.25,
})

const NO_ANSWER = 'Query read timeout'

/**
 * A client whose connection ends where an answer does not come. node-postgres itself only stops waiting: the client
 * would go back into the pool, and hold up whoever takes it next.
 */
class ImpatientClient extends pg.Client {
  readonly #kept = new KeptPlans((...args) => (super.query as (...all: unknown[]) => unknown)(...args))

  override query: pg.Client['query'] = (...args: unknown[]) => {
    const answer = this.#kept.query(args)
    if (answer instanceof Promise)
      answer.catch((error: Error) => {
        if (error.message === NO_ANSWER) this.#giveUp(error)
      })
    return answer as never
  }

  #giveUp(cause: Error): void {
    const { connection } = this as unknown as {
      connection: { stream: { destroy(): void }; emit(event: 'error', cause: Error): void }
    }
    // At once, before the pool has the client back; what the destroyed socket says comes later.
    connection.emit('error', cause)
    connection.stream.destroy()
  }
}

const connectionOf = (url: string, limits: PostgresLimits | undefined) => ({
  connectionString: url,
  types,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  ...(limits && { connectionTimeoutMillis: limits.connectMs, query_timeout: limits.readMs }),
})

/** Limits of the session are set by statement: as parameters of the connection, PgBouncer would refuse them. */
const sessionLimits = ({ statementMs, lockMs, idleMs }: PostgresLimits): string =>
  `set statement_timeout = ${statementMs}; set lock_timeout = ${lockMs}; ` +
  `set idle_in_transaction_session_timeout = ${idleMs}`

/** @param limits none: for what may take as long as it does, as migrations */
export function createPool(url: string, limits?: PostgresLimits, max = 10): pg.Pool {
  const config = { ...connectionOf(url, limits), Client: ImpatientClient, max, application_name: 'earshot' }
  const pool = limits ? patientPool(url, config, limits) : new pg.Pool(config)
  // A connection that breaks while idle, or between two statements of a transaction, fails at its next use and is
  // replaced. Unheard, its event would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function patientPool(url: string, config: pg.PoolConfig, limits: PostgresLimits): pg.Pool {
  const halfMs = limits.connectMs / 2
  return new PatientPool(
    {
      ...config,
      async onConnect(client: pg.ClientBase) {
        await client.query(sessionLimits(limits))
      },
    },
    { waitMs: limits.waitMs, lookMs: halfMs, look: () => look(url, { ...limits, connectMs: halfMs }) },
  )
}

const FULL = '53300'

/**
 * Whether the database answers, asked over a connection of its own: those of the pool may all wait for slow statements.
 * @throws Error within `connectMs` where it does not
 */
async function look(url: string, limits: PostgresLimits): Promise<void> {
  const client = createClient(url, { ...limits, readMs: limits.connectMs })
  const asked = client.connect().then(() => client.query('select 1'))
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('timeout expired')), limits.connectMs).unref(),
  )
  try {
    await Promise.race([asked, late])
  } catch (error) {
    // The server said so, and so it is there.
    if ((error as { code?: unknown }).code !== FULL) throw error
  } finally {
    asked.catch(() => {})
    client.end().catch(() => {})
  }
}

/** A connection of its own, outside the pool. */
export function createClient(url: string, limits: PostgresLimits): pg.Client {
  const client = new ImpatientClient({ ...connectionOf(url, limits), application_name: 'earshot-signals' })
  client.on('error', () => {})
  return client
}

export const openPostgres = (pool: pg.Pool): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
