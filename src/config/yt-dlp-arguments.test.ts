import { describe, expect, it } from 'vitest'
import { loadConfig } from './load.ts'
import { readYtDlpArguments } from './yt-dlp-arguments.ts'

describe('further arguments for yt-dlp', () => {
  it('are options with values, split at spaces or at their equals sign', () => {
    expect(
      readYtDlpArguments(
        ' --impersonate chrome  --extractor-args=youtube:player_client=web;lang=en --xff DE',
      ),
    ).toEqual([
      '--impersonate',
      'chrome',
      '--extractor-args',
      'youtube:player_client=web;lang=en',
      '--xff',
      'DE',
    ])
  })

  it.each([
    '--exec rm',
    '--cookies-from-browser firefox',
    '--config-locations /tmp/x',
    '--plugin-dirs /tmp/x',
    '--proxy http://127.0.0.1:1',
    '--output /etc/passwd',
    '--downloader aria2c',
    '--no-check-certificates',
    '--batch-file=/etc/passwd',
    '--remote-components ejs:github',
    'https://example.com/',
    '-o x',
    '--retries',
    '--retries --exec',
    '--retries infinite',
    '--impersonate --exec',
    '--limit-rate 1M --exec rm',
    '--extractor-args youtube:a"b',
    '--constructor x',
  ])('are refused: %s', (text) => {
    expect(readYtDlpArguments(text)).toEqual({ fault: expect.any(String) })
  })

  it('come through the settings, whose fault is named', () => {
    expect(loadConfig({ EARSHOT_YTDLP_ARGS: '--limit-rate 1M' }).EARSHOT_YTDLP_ARGS).toEqual([
      '--limit-rate',
      '1M',
    ])
    expect(loadConfig({ EARSHOT_YTDLP_ARGS: ' ' }).EARSHOT_YTDLP_ARGS).toEqual([])
    expect(() => loadConfig({ EARSHOT_YTDLP_ARGS: '--exec rm' })).toThrow(
      /EARSHOT_YTDLP_ARGS: --exec is not one of/,
    )
  })
})
