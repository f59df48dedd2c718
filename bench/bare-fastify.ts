/** A route of bare Fastify that answers with what it is given: what the server itself is measured against. */
import { fastify } from 'fastify'

const body = JSON.parse(process.argv[2]!) as unknown
const status = Number(process.argv[3])
const app = fastify()
app.all('/', (_, reply) => reply.code(status).send(body))
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
process.on('disconnect', () => process.exit())
