/** How the values of settings are read: each says in its message what it wants. */
import { BlockList, isIP, isIPv6 } from 'node:net'
import { z } from 'zod'
import type { PricePolicy } from '../domain/credits/prices.ts'
import { DEFAULT_RATES, ENDPOINTS, type Rates, TIERS } from '../domain/limits/rates.ts'

export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be from ${min} to ${max}`)

export const priceRule = z
  .string()
  .regex(/^\d{1,6}(\/min)?$/, 'must be a number of credits, or a number a minute like 1/min')
  .transform(
    (text): PricePolicy => ({
      kind: text.endsWith('/min') ? 'per_minute' : 'flat',
      credits: Number.parseInt(text, 10),
    }),
  )

export const hostPort = z
  .string()
  .regex(/^(\[[\da-f:]+\]|[^:\s]+):\d{1,5}$/i, 'must be HOST:PORT')
  .transform((text) => {
    const colon = text.lastIndexOf(':')
    return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
  })

const HOST_MAYBE_PORT = /^(\[[\da-f:.]+\]|[^:\s/@?#[\]\\]+)(:\d{1,5})?$/i

export const hostsMaybePorts = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim()))
  .pipe(z.array(z.string().regex(HOST_MAYBE_PORT, 'must be HOST or HOST:PORT, separated by commas')))

export const url = (...protocols: string[]) =>
  z.string().refine(
    (text) => {
      return URL.canParse(text) && protocols.includes(new URL(text).protocol)
    },
    `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  )

/** Addresses and networks, separated by commas, as a list that can be asked. */
export const networks = z.string().transform((text, ctx): BlockList => {
  const list = new BlockList()
  for (const item of text.split(',').map((each) => each.trim())) {
    const [address = '', bits] = item.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    const longest = family === 'ipv6' ? 128 : 32
    if (!isIP(address) || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest))) {
      ctx.addIssue({
        code: 'custom',
        message: 'must be addresses or networks like 10.0.0.0/8, separated by commas',
      })
      return z.NEVER
    }
    list.addSubnet(address, Number(bits ?? longest), family)
  }
  return list
})

/** `*`, or what browsers send as `Origin`, separated by commas. */
export const origins = z.string().transform((text, ctx): '*' | string[] => {
  if (text.trim() === '*') return '*'
  const list = text.split(',').map((each) => each.trim())
  if (list.every((each) => URL.canParse(each) && new URL(each).origin === each)) return list
  ctx.addIssue({
    code: 'custom',
    message: 'must be *, or origins like https://app.example.com, separated by commas',
  })
  return z.NEVER
})

const RATE = /^(\w+)=(\d{1,6})(?:\+(\d{1,6}))?$/

/** `off`, or `name=max+burst`, separated by commas, on top of the defaults. */
export const rates = z.string().transform((text, ctx): Rates | undefined => {
  if (text === 'off') return undefined
  const chosen = structuredClone(DEFAULT_RATES)
  for (const item of text.split(',').map((each) => each.trim())) {
    if (item === '') continue
    const [, name = '', max, burst = '0'] = RATE.exec(item) ?? []
    const group = [chosen.tiers, chosen.endpoints].find((each) => Object.hasOwn(each, name))
    if (!group || Number(max) === 0) {
      const names = [...TIERS, ...ENDPOINTS].join(', ')
      ctx.addIssue({ code: 'custom', message: `must be off, or like premium=100+100 with one of ${names}` })
      return z.NEVER
    }
    Object.assign(group, { [name]: { max: Number(max), burst: Number(burst) } })
  }
  return chosen
})

/** `name=model`, separated by commas. */
export const modelNames = z.string().transform((text, ctx): Record<string, string> => {
  const pairs = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => each.split('=').map((side) => side.trim()))
  if (pairs.some((pair) => pair.length !== 2 || pair.includes(''))) {
    ctx.addIssue({ code: 'custom', message: 'must be like my-model=whisper-base, other=parakeet-v3' })
    return z.NEVER
  }
  return Object.fromEntries(pairs) as Record<string, string>
})

/** APIs of other tools, by their addresses. */
const OTHER_APIS = ['asr', 'inference', 'listen', 'mcp'] as const

export const otherApis = z.string().transform((text, ctx): ReadonlySet<(typeof OTHER_APIS)[number]> => {
  const named = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  const known = z.array(z.enum(OTHER_APIS)).safeParse(named)
  if (known.success) return new Set(known.data)
  ctx.addIssue({ code: 'custom', message: `must be of ${OTHER_APIS.join(', ')}, separated by commas` })
  return z.NEVER
})
