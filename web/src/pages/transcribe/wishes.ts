import type { CapabilitiesReply, CreateTranscriptionBody } from '../../../../src/contract/native.ts'

/** What is wished for, of a file or a link; what is left out is the server's choice. */
export type Wishes = Pick<
  CreateTranscriptionBody,
  'language' | 'model' | 'mode' | 'task' | 'diarize' | 'prompt' | 'keywords' | 'channels'
>

type Model = CapabilitiesReply['models'][number]

/** The model that will be at work. */
export const modelOf = ({ models }: CapabilitiesReply, { model }: Wishes): Model | undefined =>
  models.find(({ name }) => name === model) ?? models[0]

/** What of the wishes this server can do: a model may be gone, or take no language. */
export function fulfillable(capabilities: CapabilitiesReply, wishes: Wishes): Wishes {
  const { model, language, mode, task, diarize, keywords = [], channels } = wishes
  const prompt = wishes.prompt?.trim()
  const isThere = capabilities.models.some(({ name }) => name === model)
  const atWork = modelOf(capabilities, wishes)
  const takes = atWork?.languages ?? []
  return {
    ...(model && isThere && { model }),
    ...(language && takes.includes(language) && { language }),
    ...(mode && { mode }),
    ...(task === 'translate' && atWork?.translates && { task }),
    // On a channel of its own each says who speaks.
    ...(diarize && capabilities.diarizes && channels !== 'separate' && { diarize }),
    ...(keywords.length > 0 && atWork?.prompts && { keywords }),
    ...(channels === 'separate' && mode !== 'captions' && mode !== 'automatic' && { channels }),
    ...(prompt && atWork?.prompts && { prompt }),
  }
}
