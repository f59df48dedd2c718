import { describe, expect, it } from 'vitest'
import { parseContinuous, parseSingle } from './parse.ts'

describe('what PocketSphinx prints', () => {
  it('is read from 0.8: words with times, without fillers and variants', () => {
    const printed = `i read it
<s> 0.000 0.120 1.000200
i 0.130 0.320 0.887707
read(2) 0.330 0.630 0.993719
<sil> 0.640 1.080 1.000100
[NOISE] 1.090 1.490 1.000100
++BREATH++ 1.500 1.990 0.077452
it 2.000 2.280 1e-05
</s> 3.330 3.450 1.000000

one more
<s> 4.000 4.120 1.000200
one 4.130 4.320 -0.5
more 4.400 4.520 1.0
`
    expect(parseContinuous(printed)).toEqual({
      text: 'i read it one more',
      language: 'en',
      words: [
        { word: 'i', start: 0.13, end: 0.32 },
        { word: 'read', start: 0.33, end: 0.63 },
        { word: 'it', start: 2, end: 2.28 },
        { word: 'one', start: 4.13, end: 4.32 },
        { word: 'more', start: 4.4, end: 4.52 },
      ],
    })
  })

  it('is read from 5: JSON', () => {
    const printed =
      '{"b":0.000,"d":1.500,"p":1.0,"t":"go on","w":[{"b":0.0,"d":0.1,"p":1,"t":"<s>"},{"b":0.25,"d":0.5,"p":1,"t":"go"},{"b":0.75,"d":0.25,"p":1,"t":"on(2)"}]}\n'
    expect(parseSingle(printed)).toEqual({
      text: 'go on',
      language: 'en',
      words: [
        { word: 'go', start: 0.25, end: 0.75 },
        { word: 'on', start: 0.75, end: 1 },
      ],
    })
  })

  it('can be nothing at all', () => {
    expect(parseContinuous('\n\n')).toEqual({ text: '' })
    expect(parseSingle('{"b":0,"d":0,"p":1,"t":"","w":[]}')).toEqual({ text: '' })
  })
})
