/** What Earshot uses of sherpa-onnx-node, which ships no types. */
declare module 'sherpa-onnx-node' {
  export interface OfflineRecognizerConfig {
    featConfig?: { sampleRate: number; featureDim: number }
    modelConfig: Record<string, string | number | Record<string, string | number>>
    decodingMethod?: 'greedy_search' | 'modified_beam_search'
    /** Added to a token of a hotword, in natural logarithms. */
    hotwordsScore?: number
  }
  export interface OfflineRecognizerResult {
    text: string
    lang: string
    tokens: string[]
    /** Seconds; empty where the model gives no times. */
    timestamps: number[]
    durations?: number[]
    /** One a token, from transducers; empty from others. */
    ys_log_probs?: number[]
  }
  export interface OfflineStream {
    acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void
    setOption(key: string, value: string): void
  }
  export interface OfflineRecognizer {
    /** @param hotwords phrases with a slash between them; transducers with `modified_beam_search` only */
    createStream(hotwords?: string): OfflineStream
    setConfig(config: OfflineRecognizerConfig): void
    decodeAsync(stream: OfflineStream): Promise<OfflineRecognizerResult>
  }
  export interface ModelSettings {
    numThreads: number
    debug: number
    provider: string
  }
  export interface OfflineSpeakerDiarizationConfig {
    segmentation: { pyannote: { model: string } } & ModelSettings
    embedding: { model: string } & ModelSettings
    clustering: { numClusters: number; threshold: number }
    /** Seconds. */
    minDurationOn: number
    minDurationOff: number
  }
  export interface OfflineSpeakerDiarization {
    sampleRate: number
    /** Samples from -1 to 1. @returns seconds */
    process(samples: Float32Array): { start: number; end: number; speaker: number }[]
    setConfig(config: Pick<OfflineSpeakerDiarizationConfig, 'clustering'>): void
  }
  export interface OfflinePunctuation {
    addPunct(text: string): string
  }
  export interface SpeakerStream {
    acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void
    inputFinished(): void
  }
  export interface SpeakerEmbeddingExtractor {
    createStream(): SpeakerStream
    isReady(stream: SpeakerStream): boolean
    compute(stream: SpeakerStream, enableExternalBuffer?: boolean): Float32Array
  }
  export interface AudioTaggingConfig {
    model: { ced?: string; zipformer?: { model: string }; numThreads: number }
    /** Path of the list of the classes' names. */
    labels: string
    topK: number
  }
  export interface AudioTagging {
    createStream(): OfflineStream
    compute(stream: OfflineStream, topK: number): { name: string; prob: number; index: number }[]
  }
  const sherpa: {
    OfflinePunctuation: new (config: {
      model: { ctTransformer: string } & ModelSettings
    }) => OfflinePunctuation
    OfflineSpeakerDiarization: new (config: OfflineSpeakerDiarizationConfig) => OfflineSpeakerDiarization
    SpeakerEmbeddingExtractor: new (config: { model: string } & ModelSettings) => SpeakerEmbeddingExtractor
    OfflineRecognizer: { createAsync(config: OfflineRecognizerConfig): Promise<OfflineRecognizer> }
    AudioTagging: new (config: AudioTaggingConfig) => AudioTagging
    version: string
  }
  export default sherpa
}
