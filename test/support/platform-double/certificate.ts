import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const openssl = (args: string[]) => promisify(execFile)('openssl', args)

/** A throw-away authority and one leaf for all names. */
export async function makeCertificate(dir: string, names: readonly string[]) {
  const at = (name: string) => join(dir, name)
  const key = (path: string) => openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', path])
  await Promise.all([key(at('ca.key')), key(at('leaf.key'))])
  await openssl([
    ...[
      'req',
      '-x509',
      '-new',
      '-key',
      at('ca.key'),
      '-sha256',
      '-days',
      '2',
      '-subj',
      '/CN=platform double CA',
    ],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ...['-out', at('ca.pem')],
  ])
  await openssl(['req', '-new', '-key', at('leaf.key'), '-subj', '/CN=double', '-out', at('leaf.csr')])
  const alternatives = names.map((name) => `DNS:${name}`).join(',')
  await writeFile(
    at('leaf.ext'),
    `subjectAltName=${alternatives}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`,
  )
  await openssl([
    ...[
      'x509',
      '-req',
      '-in',
      at('leaf.csr'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
    ],
    ...['-days', '2', '-sha256', '-extfile', at('leaf.ext'), '-out', at('leaf.pem')],
  ])
  return {
    caFile: at('ca.pem'),
    key: await readFile(at('leaf.key'), 'utf8'),
    cert: await readFile(at('leaf.pem'), 'utf8'),
  }
}
