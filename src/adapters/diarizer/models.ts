import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { MANIFEST } from '../engine/manifest.ts'
import type { LocalModels } from '../models/library.ts'
import type { VoiceModels } from './protocol.ts'

/** Its name in the catalogue. */
export const DIARIZATION = 'diarization'

const schema = z.object({
  files: z.object({ segmentation: z.string().min(1), embedding: z.string().min(1) }),
})

/** The installed models, as they are now; undefined: there are none, or their folder is not whole. */
export function voiceModels(models: Pick<LocalModels, 'folderOf'>): VoiceModels | undefined {
  const dir = models.folderOf(DIARIZATION)
  if (dir === undefined) return undefined
  const parsed = schema.safeParse(JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')))
  if (!parsed.success) return undefined
  const segmentation = join(dir, parsed.data.files.segmentation)
  const embedding = join(dir, parsed.data.files.embedding)
  return existsSync(segmentation) && existsSync(embedding) ? { segmentation, embedding } : undefined
}
