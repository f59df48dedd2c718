import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'

const PARENT_BASED = 'parentbased_'

/**
 * Reads `OTEL_TRACES_SAMPLER` and its argument, which this SDK does not do itself. Default: the client's decision if it
 * sent one, otherwise every trace.
 */
export function samplerOf({
  OTEL_TRACES_SAMPLER: name = 'parentbased_always_on',
  OTEL_TRACES_SAMPLER_ARG: argument = '1',
}: NodeJS.ProcessEnv): Sampler {
  const isParentBased = name.startsWith(PARENT_BASED)
  const own = ownSampler(isParentBased ? name.slice(PARENT_BASED.length) : name, Number(argument))
  return isParentBased ? new ParentBasedSampler({ root: own }) : own
}

/** @throws Error in one line */
function ownSampler(name: string, ratio: number): Sampler {
  if (name === 'always_on') return new AlwaysOnSampler()
  if (name === 'always_off') return new AlwaysOffSampler()
  if (name === 'traceidratio' && ratio >= 0 && ratio <= 1) return new TraceIdRatioBasedSampler(ratio)
  if (name === 'traceidratio') throw new Error('OTEL_TRACES_SAMPLER_ARG must be from 0 to 1')
  throw new Error(
    'OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of these after parentbased_',
  )
}
