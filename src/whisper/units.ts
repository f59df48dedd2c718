/** How sound is counted in Whisper's room. */
export const SAMPLE_RATE = 16_000
/** Samples of one position of the encoder's output: 20 ms. */
export const POSITION = 320
/** Samples of one frame of the voice detector: 32 ms. */
export const SPEECH_FRAME = 512
