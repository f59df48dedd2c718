import { knownAs } from '../contract/language.ts'
import { tellsSpeakers } from '../contract/wishes.ts'
import { DomainError } from '../domain/errors.ts'
import { isAuto, requireAutoModel } from '../domain/transcriptions/auto.ts'
import type { Wishes } from '../domain/transcriptions/wishes.ts'
import type { HttpDeps } from './context.ts'
import { canDiarize, canMakeVideos, defaultEngines, enginesAtWork } from './engines.ts'
import { requireModel } from './models.ts'

/**
 * Refuses what no engine at work can do, before anything is held for it. The wishes come back with the model's
 * own name, where theirs stands for a certain one.
 * @throws DomainError `model.unknown`, `model.language`, `model.no_translation`, `model.no_speakers`
 */
export async function requireAble(deps: HttpDeps, wishes: Wishes): Promise<Wishes> {
  const { language, task } = wishes
  const named = await requireModel(deps, wishes.model)
  if (tellsSpeakers(wishes)) await requireDiarizer(deps, 'diarize')
  const engines =
    named === undefined
      ? await defaultEngines(deps)
      : (await enginesAtWork(deps)).filter((engine) => engine.model === named)
  // None lives just now: the work waits for one, whatever that can do.
  const able = named === undefined ? wishes : { ...wishes, model: named }
  if (engines.length === 0) return able
  if (engines.every(isAuto)) {
    requireAutoModel(await enginesAtWork(deps), wishes)
    return able
  }
  const names = engines.map((e) => e.model).join(', ')
  if (task === 'translate' && !engines.some((e) => e.translates))
    throw new DomainError('model.no_translation', `${names} cannot translate.`, {
      field: 'task',
      reason: 'unsupported',
    })
  const known = engines.some((e) => e.languages === null || (language && knownAs(language, e.languages)))
  if (language !== undefined && !known)
    throw new DomainError('model.language', `${names} does not know the language “${language}”.`, {
      field: 'language',
      reason: 'unsupported',
    })
  if (wishes.vad && !engines.some((e) => e.splitter === 'silero'))
    throw new DomainError(
      'request.invalid',
      `Recordings for ${names} are not cut by a voice detector, so it has no settings.`,
      {
        field: 'vad',
        reason: 'unsupported',
      },
    )
  return able
}

/** @throws DomainError `model.no_speakers` */
export async function requireDiarizer(deps: HttpDeps, field?: string): Promise<void> {
  if (await canDiarize(deps)) return
  throw new DomainError(
    'model.no_speakers',
    'The models that tell speakers apart are not installed here. The operator can fetch them with: ' +
      'earshot models pull diarization',
    { ...(field && { field }), reason: 'unsupported' },
  )
}

/** @throws DomainError `video.unavailable` */
export async function requireVideoMaker(deps: HttpDeps): Promise<void> {
  if (await canMakeVideos(deps)) return
  throw new DomainError(
    'video.unavailable',
    'The ffmpeg that is installed here cannot draw subtitles into videos. The operator can install one with libass and libx264, as most systems have it; `earshot doctor` says what is missing.',
    { reason: 'unsupported' },
  )
}
