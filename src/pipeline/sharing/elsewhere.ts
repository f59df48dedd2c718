import type { Deps } from '../../domain/context.ts'
import { listRunners } from '../../domain/runners/tokens.ts'
import { listWorkers } from '../../domain/workers/list.ts'

/** What others say of themselves is looked up this often, while anything is heard here. */
const FRESH_MS = 1000

export interface Elsewhere {
  /** Parts that others can hear now, as far as is known. @param model by this one; undefined: by any */
  spare(of: { accountId: string; model?: string | undefined }): number
}

interface Helper {
  /** Undefined: everybody's. */
  accounts?: readonly string[] | undefined
  models: ReadonlySet<string>
  spare: number
}

/** What other machines have to spare. Where there is none, this costs a look a second, and nothing else. */
export function createElsewhere(
  deps: Pick<Deps, 'db' | 'clock'>,
  { worker, store }: { worker: string; store: string },
): Elsewhere {
  let helpers: Helper[] = []
  let asked = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    const [workers, runners] = await Promise.all([listWorkers(deps), listRunners(deps)])
    helpers = [
      ...workers
        .filter((each) => each.id !== worker && each.store === store && each.fault === null && each.spare > 0)
        .map(({ models, spare }) => ({ models: new Set(models.map(({ model }) => model)), spare })),
      ...runners.flatMap(({ lives, says, models, accounts }) => {
        if (!lives || !says) return []
        const heard = says.models.filter((model) => models?.includes(model) ?? true)
        return [{ accounts: accounts ?? undefined, models: new Set(heard), spare: says.places }]
      }),
    ]
  }

  return {
    spare({ accountId, model }) {
      if (performance.now() - asked > FRESH_MS) {
        asked = performance.now()
        look().catch(() => {
          helpers = []
        })
      }
      return helpers
        .filter(({ accounts, models }) => accounts?.includes(accountId) !== false && hears(models, model))
        .reduce((sum, { spare }) => sum + spare, 0)
    },
  }
}

const hears = (models: ReadonlySet<string>, model: string | undefined): boolean =>
  model === undefined ? models.size > 0 : models.has(model)
