/** What a transcript can be downloaded as. Every one but `docx` is text: `src/domain/transcripts/formats.ts` renders it. */
export const TEXT_FORMATS = ['txt', 'srt', 'vtt', 'json', 'tsv', 'lrc', 'md'] as const
export const EXPORT_FORMATS = [...TEXT_FORMATS, 'docx'] as const
