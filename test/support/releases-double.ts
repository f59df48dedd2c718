/** A double of the site that yt-dlp's releases are fetched from, with a signing key of its own. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as openpgp from 'openpgp'
import { makeCertificate } from './platform-double/certificate.ts'

/** The one file of each release. */
export const BUILD = 'yt-dlp_test'

/** A program that says it is that version of yt-dlp. */
export const programSaying = (version: string): string => `#!/bin/sh\necho ${version}\n`

export interface Release {
  program: string
  sums: string
  signature: Uint8Array
}

export interface ReleasesDouble {
  port: number
  caFile: string
  /** Armored, public. */
  key: string
  /** Every request so far, as `host/path`. */
  requests: string[]
  /** Puts a release out; `change` spoils it afterwards. */
  release(version: string, change?: (release: Release) => Partial<Release>): Promise<Release>
  close(): Promise<void>
}

export async function startReleasesDouble(): Promise<ReleasesDouble> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-releases-'))
  const { caFile, key, cert } = await makeCertificate(dir, ['github.com', '*.githubusercontent.com'])
  const signer = await openpgp.generateKey({
    type: 'ecc',
    userIDs: [{ name: 'test releases' }],
    format: 'object',
  })
  const requests: string[] = []
  const releases = new Map<string, Release>()
  let newest = ''

  const server = createServer({ key, cert }, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'https://github.com')
    const host = request.headers.host ?? ''
    requests.push(host + pathname)
    const [, version = '', file = ''] = /\/(?:download|store)\/([^/]+)\/([^/]+)$/.exec(pathname) ?? []
    const found = releases.get(version)
    const redirect = (location: string) => response.writeHead(302, { location }).end()
    if (host === 'github.com' && pathname.endsWith('/releases/latest'))
      return redirect(`https://github.com${pathname.replace(/latest$/, `tag/${newest}`)}`)
    if (host === 'github.com' && found)
      return redirect(`https://release-assets.githubusercontent.com/store/${version}/${file}`)
    if (found && file === BUILD) return response.end(found.program)
    if (found && file === 'SHA2-256SUMS') return response.end(found.sums)
    if (found && file === 'SHA2-256SUMS.sig') return response.end(found.signature)
    return response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    port: (server.address() as AddressInfo).port,
    caFile,
    key: signer.publicKey.armor(),
    requests,
    async release(version, change = () => ({})) {
      const program = programSaying(version)
      const sums = `${'0'.repeat(64)}  yt-dlp.tar.gz\n${sha256(program)}  ${BUILD}\n`
      const signature = await openpgp.sign({
        message: await openpgp.createMessage({ binary: Buffer.from(sums) }),
        signingKeys: signer.privateKey,
        detached: true,
        format: 'binary',
      })
      const release = { program, sums, signature }
      const put = { ...release, ...change(release) }
      releases.set(version, put)
      newest = version
      return put
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
