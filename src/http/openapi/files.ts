import { BYTES, TEXT } from './operation.ts'

/** What a transcript is sent as where its address ends in a format's name. */
export const FILES = {
  'text/plain': TEXT,
  'application/x-subrip': TEXT,
  'text/vtt': TEXT,
  'text/csv': TEXT,
  'text/html': TEXT,
  'application/xml': TEXT,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': BYTES,
}

/** What `send-media.ts` takes and answers. */
export const wholeOrPart = {
  headers: { Range: { description: 'One range of bytes: `bytes=0-99`.' } },
  replies: {
    200: { description: 'The file.', content: { '*/*': BYTES } },
    206: { description: 'The part.', content: { '*/*': BYTES } },
    304: { description: 'The client’s copy is current.' },
    416: { description: 'The file ends before that part begins.' },
  },
}

/** How loud a recording is at each moment, to be drawn. */
export const waveformFile = {
  description:
    'A data file of BBC’s audiowaveform (version 2, 8 bits, one channel): the lowest and highest sample of each stretch of 20 ms or, in long recordings, of more. 404 where the text was taken from captions and nothing was heard.',
  replies: { 200: { description: 'The waveform.', content: { 'application/octet-stream': BYTES } } },
}
