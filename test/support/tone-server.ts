/** What the tests of a client begin with: a server that hears tones, an account, and a folder for files. */
import { afterAll, beforeAll } from 'vitest'
import { scratch } from './media.ts'
import { type Env, newAccount, startServer, testFolder } from './server.ts'

export interface ToneServer {
  origin: string
  /** Of an account with credits. */
  apiKey: string
  dataDir: string
  /** The folder of its model. */
  model: string
  /** A folder for the test's own files. */
  files: string
}

type Places = Pick<ToneServer, 'dataDir' | 'files'>

/**
 * For a whole file of tests: there from its own `beforeAll` on, and gone after its last test.
 * @param prepare what must be there before the server starts; gives more of its settings
 */
export function toneServer(prepare: (places: Places) => Env | Promise<Env> = () => ({})): ToneServer {
  const own = {} as ToneServer
  const endings: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    const folder = await testFolder()
    endings.unshift(folder.remove)
    const files = await scratch()
    endings.unshift(files.dispose)
    const places = { dataDir: folder.dataDir, files: files.dir }
    const settings = { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1', ...(await prepare(places)) }
    const server = await startServer(folder.dataDir, settings)
    endings.unshift(server.stop)
    const { apiKey } = await newAccount(folder.dataDir)
    Object.assign(own, places, { origin: server.origin, apiKey, model: settings.EARSHOT_MODEL })
  })
  afterAll(async () => {
    for (const end of endings) await end()
  })
  return own
}
