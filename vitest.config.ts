import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take longest start first, so that none of them runs on alone at the end. */
const LONGEST = [
  'test/e2e/dashboard.test.ts',
  'test/integration/odd-requests.test.ts',
  'test/e2e/dashboard-transcript.test.ts',
  'test/integration/money-model.test.ts',
  'test/e2e/reference-examples.test.ts',
  'test/integration/soscripted-library.test.ts',
  'test/integration/fault-points.test.ts',
  'test/e2e/media.test.ts',
  'test/e2e/memory.test.ts',
  'test/e2e/reference.test.ts',
  'test/e2e/shared-parts.test.ts',
  'test/e2e/social.test.ts',
  'test/e2e/dashboard-waveform.test.ts',
  'test/e2e/dashboard-ways.test.ts',
  'test/e2e/crash.test.ts',
  'test/integration/idempotency.test.ts',
  'src/pipeline/decode-broken.test.ts',
  'src/pipeline/sound/layouts.test.ts',
  'test/e2e/dashboard-operator.test.ts',
  'test/e2e/woken-worker.test.ts',
  'test/e2e/chaos.test.ts',
  'test/e2e/social-cancelled.test.ts',
  'test/integration/any-cpu.test.ts',
  'test/e2e/runner.test.ts',
  'test/compat/soku/transcribe.test.ts',
  'test/e2e/social-captions.test.ts',
  'test/e2e/operate.test.ts',
  'test/integration/openai-stream.test.ts',
  'test/e2e/outages.test.ts',
  'test/e2e/social-errors.test.ts',
  'test/integration/batches.test.ts',
  'test/e2e/dashboard-live.test.ts',
  'src/pipeline/decode.test.ts',
  'src/pipeline/decode-tracks.test.ts',
  'test/e2e/transcribe-many.test.ts',
  'test/e2e/many-machines.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      LONGEST.indexOf(relative(import.meta.dirname, moduleId)) + 1 || LONGEST.length + 1
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

/** Tests beside the code that start processes, a database or a network server, or stub what all tests of a process share. */
const WITH_PROCESSES = [
  'src/adapters/{database,diarizer,engine,limits,media-store}/**/*.test.ts',
  'src/adapters/fetcher/{growth,run}.test.ts',
  'src/adapters/models/{hub,models,packages}.test.ts',
  'src/adapters/speech-detector/speech-detector.test.ts',
  'src/processes/{child,program}.test.ts',
  'src/pipeline/{decode*,probe*,transcribe-channels,sound/layouts}.test.ts',
  'src/cli/**/*.test.ts',
  'src/pipeline/split/split.test.ts',
]

/** What `npm test` found to need a tool that this machine lacks. */
const LEFT_OUT = (process.env.EARSHOT_TESTS_LEFT_OUT ?? '').split(',').filter(Boolean)

export default defineConfig({
  test: {
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // Far beyond what any test takes: machines of others are slow, and busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Tests wait a good deal, for processes that they started.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
          exclude: [...WITH_PROCESSES, ...LEFT_OUT],
          // They change nothing that others see: a process for each took as long as the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts', ...WITH_PROCESSES],
          exclude: LEFT_OUT,
          globalSetup: 'test/global-setup.ts',
          // Processes of ours start as they are built, which takes a third of the time.
          env: { BUILT_HOSTS: join(import.meta.dirname, 'dist/server') },
        },
      },
    ],
  },
})
