/** Hugging Face's names for a Whisper's tensors, made CTranslate2's: some are put together, one is not there. */
import { readJson, shown } from './file.ts'
import { openSafetensors } from './safetensors.ts'
import { type Tensors, WeightsError } from './weights.ts'

export function openHuggingFace(folder: string): {
  tensors: Tensors
  heads: { encoder: number; decoder: number }
} {
  const config = readJson(folder, 'config.json') ?? {}
  const { model_type: kind } = config
  if (kind !== undefined && kind !== 'whisper')
    throw new WeightsError(`${folder} holds a ${shown(kind)} model, not a Whisper: give a Whisper's folder`)
  const stored = openSafetensors(folder)
  const prefix = prefixOf(stored.names())
  const tensors = fused(stored, prefix)
  const heads = (part: 'encoder' | 'decoder'): number => {
    const stated = config[`${part}_attention_heads`]
    // Every Whisper's head is 64 wide.
    return typeof stated === 'number' ? stated : (tensors.dims(`${part}/layer_norm/gamma`)?.[0] ?? 0) / 64
  }
  return { tensors, heads: { encoder: heads('encoder'), decoder: heads('decoder') } }
}

/** `model.`, nothing, or what wrappers put before it. */
function prefixOf(names: Iterable<string>): string {
  const first = 'encoder.conv1.weight'
  for (const name of names) if (name.endsWith(first)) return name.slice(0, -first.length)
  return 'model.'
}

function fused(stored: Tensors, prefix: string): Tensors {
  const dimsOf = (source: string): readonly number[] | undefined =>
    // Keys have no bias: it would not change what attention picks.
    stored.dims(source) ??
    (source.endsWith(KEYS_BIAS) ? stored.dims(source.replace(KEYS_BIAS, VALUES_BIAS)) : undefined)
  const sources = (name: string): string[] => theirs(name).map((source) => prefix + source)
  const dims = (name: string): readonly number[] | undefined => {
    const [first, ...others] = sources(name).map(dimsOf)
    if (!first || others.some((other) => String(other) !== String(first))) return undefined
    return first.map((dim, axis) => (axis === 0 ? dim * (1 + others.length) : dim))
  }
  return {
    dims,
    read(name) {
      const [source, ...others] = sources(name)
      if (source && others.length === 0) return stored.read(source)
      const shape = dims(name)
      if (!shape) throw new WeightsError(`the weights have no ${name}: they are no Whisper's; fetch others`)
      const out = new Float32Array(shape.reduce((product, dim) => product * dim, 1))
      const length = out.length / (1 + others.length)
      for (const [i, part] of [source!, ...others].entries())
        if (stored.dims(part)) out.set(stored.read(part), i * length)
      return out
    },
    close: () => stored.close(),
  }
}

const KEYS_BIAS = 'k_proj.bias'
const VALUES_BIAS = 'v_proj.bias'

const PARTS: Readonly<Record<string, readonly string[]>> = {
  conv1: ['conv1'],
  conv2: ['conv2'],
  position_encodings: ['embed_positions'],
  embeddings: ['embed_tokens'],
  layer_norm: ['layer_norm'],
}
const LAYER_PARTS: Readonly<Record<string, readonly string[]>> = {
  'self_attention/layer_norm': ['self_attn_layer_norm'],
  'self_attention/linear_0': ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
  'self_attention/linear_1': ['self_attn.out_proj'],
  'attention/layer_norm': ['encoder_attn_layer_norm'],
  'attention/linear_0': ['encoder_attn.q_proj'],
  'attention/linear_1': ['encoder_attn.k_proj', 'encoder_attn.v_proj'],
  'attention/linear_2': ['encoder_attn.out_proj'],
  'ffn/layer_norm': ['final_layer_norm'],
  'ffn/linear_0': ['fc1'],
  'ffn/linear_1': ['fc2'],
}
const KINDS: Readonly<Record<string, string>> = {
  weight: 'weight',
  gamma: 'weight',
  encodings: 'weight',
  bias: 'bias',
  beta: 'bias',
}

/** The stored tensors that one of CTranslate2's is made of, in order; none for what is not a Whisper's. */
function theirs(name: string): string[] {
  const [half, ...between] = name.split('/')
  const kind = KINDS[between.pop() ?? '']
  const layer = between[0]?.startsWith('layer_') && between.length > 1 ? between.shift()!.slice(6) : undefined
  const parts = (layer === undefined ? PARTS : LAYER_PARTS)[between.join('/')] ?? []
  const scope = layer === undefined ? half : `${half}.layers.${layer}`
  return kind ? parts.map((part) => `${scope}.${part}.${kind}`) : []
}
