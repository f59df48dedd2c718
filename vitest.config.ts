import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take longest start first, so that none of them runs on alone at the end. */
const LONGEST = [
  'test/e2e/crash.test.ts',
  'test/integration/idempotency.test.ts',
  'test/e2e/dashboard.test.ts',
  'test/e2e/dashboard-transcribe.test.ts',
  'src/adapters/engine/engine.test.ts',
  'test/integration/fault-points.test.ts',
  'test/e2e/memory.test.ts',
  'test/integration/any-cpu.test.ts',
  'test/integration/money-model.test.ts',
  'src/pipeline/decode-broken.test.ts',
  'test/integration/soscripted-library.test.ts',
  'test/e2e/newcomer.test.ts',
  'test/e2e/operate.test.ts',
  'test/e2e/many-machines.test.ts',
  'test/e2e/social-errors.test.ts',
  'test/e2e/media.test.ts',
  'test/e2e/dashboard-transcript.test.ts',
  'test/e2e/dashboard-operator.test.ts',
  'test/integration/webhooks.test.ts',
  'test/e2e/social-cancelled.test.ts',
  'test/e2e/social.test.ts',
  'test/integration/nothing-invented.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      LONGEST.indexOf(relative(import.meta.dirname, moduleId)) + 1 || LONGEST.length + 1
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
    globalSetup: 'test/global-setup.ts',
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // Far beyond what any test takes: machines of others are slow, and busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Tests wait a good deal, for processes that they started.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
  },
})
